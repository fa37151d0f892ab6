import { StartFailure } from '../../infra/local/failure.mjs';

/** Ports of the members of a service lie so far apart. */
export const MEMBER_PORT_STEP = 100;
const MOST_MEMBERS = 9;

/**
 * Reads `--members`: each value one or several of `service=number`, by commas. Answers { service: number } of the services
 * that were named; whoever is not named has one member.
 */
export function membersOf(values, services) {
  const members = {};
  for (const part of values.flatMap((value) => value.split(','))) {
    const [, service, count] = /^([a-z]+)=([0-9]{1,3})$/.exec(part.trim()) ?? [];
    if (service === undefined) throw refusal(services);
    if (!services.includes(service)) throw new StartFailure(`--members: there is no service ${service}, but ${services.join(', ')}.`);
    if (service in members) throw new StartFailure(`--members states the members of ${service} twice.`);
    if (Number(count) < 1 || Number(count) > MOST_MEMBERS) throw new StartFailure(`--members: ${service} can have 1 to ${MOST_MEMBERS} members.`);
    members[service] = Number(count);
  }
  return members;
}

function refusal(services) {
  return new StartFailure(`--members takes a service and a number such as aggregator=2, several by commas; services: ${services.join(', ')}.`);
}

/** The members of one service: the first has the service's own name and port, the further ones a number and further ports. */
export function membersFrom(service, count) {
  return Array.from({ length: count }, (_, index) => ({
    ...service,
    label: index === 0 ? service.name : `${service.name}-${index + 1}`,
    port: service.port + index * MEMBER_PORT_STEP,
  }));
}
