import fs from 'node:fs';
import path from 'node:path';
import { run } from '../commands.mjs';
import { StartFailure } from '../failure.mjs';
import { makeOnce } from '../exclusive.mjs';
import { cacheFolder } from '../state-folder.mjs';

export const KAFKA_VERSION = '4.3.1';
/** Kafka 4.3 brings the logging interface 1.7, so its binding has to be a 1.7 too. */
const SLF4J_VERSION = '1.7.36';

const dependency = (group, artifact, version) =>
  `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;

/** The broker is one Maven dependency; its closure is everything that runs it. */
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>index766</groupId><artifactId>local-broker</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>
${dependency('org.apache.kafka', 'kafka_2.13', KAFKA_VERSION)}
${dependency('org.slf4j', 'slf4j-simple', SLF4J_VERSION)}
</dependencies></project>
`;

const folder = () => cacheFolder(`kafka-${KAFKA_VERSION}`);

export const isKafkaFetched = () => fs.existsSync(folder());

/** Brings the broker's jars (about 44 MB) into the cache. */
export async function fetchKafka(log) {
  await makeOnce(folder(), async (draft) => {
    log(`fetching Kafka ${KAFKA_VERSION}`);
    fs.mkdirSync(draft, { recursive: true });
    const pom = path.join(draft, 'pom.xml');
    fs.writeFileSync(pom, POM);
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${draft}`];
    await run(`Fetching Kafka ${KAFKA_VERSION} with Maven`, 'mvn', ['-q', '-B', '-f', pom, ...goal]);
  });
}

/** The Java class path of the fetched broker. */
export function kafkaClassPath() {
  const jars = fs.readdirSync(folder()).filter((name) => name.endsWith('.jar'));
  if (jars.length === 0) throw new StartFailure(`The download of Kafka in ${folder()} is broken: remove that folder and start again.`);
  return jars.sort().map((name) => path.join(folder(), name)).join(path.delimiter);
}
