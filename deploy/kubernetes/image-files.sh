#!/usr/bin/env bash
# Collects what deploy/kubernetes/Dockerfile copies: image-files.sh FOLDER, after a build of the tree.
set -euo pipefail

readonly ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
readonly TARGET="${1:?Usage: image-files.sh FOLDER}"
readonly SPARK_JARS='spark-streaming-kafka-0-10_|spark-token-provider-kafka-0-10_|kafka-clients-'

# The artifact's name, without folder and version.
artifact() {
  basename "$1" | sed 's/-[0-9].*$//'
}

[[ -f $ROOT/deploy/spark/target/classpath.txt ]] || {
  echo "Cannot collect the image's files: the tree is not built. Run ./mvnw -q -Dquick -DskipTests package" >&2
  exit 1
}
rm -rf "$TARGET"
mkdir -p "$TARGET/spark-jars" "$TARGET/job-jars"
declare -A installed
while read -r jar; do
  installed[$(artifact "$jar")]=1
  [[ ! $(basename "$jar") =~ ^($SPARK_JARS) ]] || cp "$jar" "$TARGET/spark-jars/"
done < <(tr ':' '\n' <"$ROOT/deploy/spark/target/classpath.txt")
while read -r jar; do
  [[ -n ${installed[$(artifact "$jar")]:-} ]] || cp "$jar" "$TARGET/job-jars/"
done < <(tr ':' '\n' <"$ROOT/stream-processor/target/classpath.txt")
cp "$ROOT"/stream-processor/target/fieldwatch-stream-processor-*-SNAPSHOT.jar "$TARGET/fieldwatch-stream-processor.jar"
echo "Collected $(find "$TARGET" -name '*.jar' | wc -l) jars in $TARGET"
