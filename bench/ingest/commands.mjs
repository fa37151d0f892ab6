const MEASURED = /^mongo_command_duration_seconds_(count|sum)\{(.*)\} (\S+)$/gm;

/** Commands that a service has sent to its database so far: { find: { count: 12, sum: 0.01 }, … }, the sum in seconds. */
async function commandsOf({ url }) {
  const text = await (await fetch(`${url}/metrics`)).text();
  const commands = {};
  for (const [, what, labels, value] of text.matchAll(MEASURED)) {
    const command = /command="([^"]+)"/.exec(labels)[1];
    const known = (commands[command] ??= { count: 0, sum: 0 });
    known[what] += Number(value);
  }
  return commands;
}

function difference(after, before = { count: 0, sum: 0 }) {
  return { count: after.count - before.count, milliseconds: (1_000 * (after.sum - before.sum)) / (after.count - before.count) };
}

/** Commands that each service sends to its database while `work` runs, with their mean time: { result, commands: { service: { find: { count, milliseconds }, … } } }. */
export async function commandsDuring(services, work) {
  const all = () => Promise.all(services.map(commandsOf));
  const before = await all();
  const result = await work();
  const after = await all();
  const commands = services.map(({ name }, place) => [
    name, Object.fromEntries(Object.entries(after[place]).map(([command, measured]) => [command, difference(measured, before[place][command])]).filter(([, { count }]) => count > 0)),
  ]);
  return { result, commands: Object.fromEntries(commands) };
}
