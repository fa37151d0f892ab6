import { readFileSync } from 'node:fs';
import path from 'node:path';
import { attempt, run } from '../local/commands.mjs';

/** Exact image names, read by the start script and by the integration specs. */
export const images = JSON.parse(readFileSync(path.join(import.meta.dirname, '..', 'images.json'), 'utf8'));

const ANSWER_WITHIN_MS = 5000;
const PULL_WITHIN_MS = 300_000;

/** True if a Docker engine answers. */
export async function engineAnswers() {
  const { code } = await attempt('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: ANSWER_WITHIN_MS });
  return code === 0;
}

/** True if the image is there or could be fetched. */
export async function haveImage(image, log) {
  if ((await attempt('docker', ['image', 'inspect', image])).code === 0) return true;
  log(`fetching the image ${image}`);
  return (await attempt('docker', ['pull', '-q', image], { timeout: PULL_WITHIN_MS })).code === 0;
}

/**
 * Runs one container in the background, in place of an older one of that name. `environment` is passed by the client's
 * own environment, so that no secret stands in a command line. `mounts`: further volumes; `entrypoint`: what it starts instead.
 * Resolves to { exited, hasExited(), stop(), kill(), logTail() }.
 */
export async function startContainer({ name, image, publish, volume, environment, mounts = [], entrypoint }) {
  await attempt('docker', ['rm', '-f', name]);
  const args = ['run', '-d', '--name', name, '--label', 'index766', '-p', `127.0.0.1:${publish}`, '-v', volume, ...mounts.flatMap((mount) => ['-v', mount])];
  const start = entrypoint === undefined ? [] : ['--entrypoint', entrypoint];
  const variables = Object.keys(environment).flatMap((variable) => ['-e', variable]);
  await run(`Starting the container ${name}`, 'docker', [...args, ...variables, ...start, image], { env: { ...process.env, ...environment } });

  let ended = false;
  const exited = attempt('docker', ['wait', name]).then(({ stdout }) => {
    ended = true;
    return stdout.trim();
  });
  const remove = () => attempt('docker', ['rm', '-f', name]);
  return {
    exited,
    hasExited: () => ended,
    async stop() {
      await attempt('docker', ['stop', '-t', '20', name]);
      await remove();
    },
    kill: remove,
    async logTail() {
      const { stdout, stderr } = await attempt('docker', ['logs', '--tail', '12', name]);
      return `${stdout}${stderr}`.trim();
    },
  };
}

/** Removes every container and every volume that startContainer made. */
export async function removeContainersAndVolumes() {
  const containers = await attempt('docker', ['ps', '-aq', '--filter', 'label=index766']);
  for (const id of containers.stdout.split('\n').filter(Boolean)) await attempt('docker', ['rm', '-f', id]);
  const volumes = await attempt('docker', ['volume', 'ls', '-q', '--filter', 'name=^index766-']);
  for (const id of volumes.stdout.split('\n').filter(Boolean)) await attempt('docker', ['volume', 'rm', id]);
}
