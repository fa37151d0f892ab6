import { earliest, instantOf, type Instant } from '@index766/kernel';
import type { Channel } from '@index766/dossier-life';
import type { SeededRandom } from '../random';
import { officeInstant, type Scene } from './scene';
import type { Timeline } from './timeline';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 86_400_000;

/** What is beside 2.1: how the dossier came, how its result left. */
export interface Surroundings {
  readonly channel: Channel;
  readonly submittedAt: Instant;
  /** Its source pushes it before it is received. */
  readonly isRegistered: boolean;
  /** When the result was returned; the end itself where the source states nothing else. */
  readonly returnedAt: Instant | null;
  readonly returnChannel: Channel;
}

/** How a timeline's dossier came in and went out; `isEarly`: it was submitted before the period, whenever it was received. */
export function drawSurroundings(scene: Scene, timeline: Timeline, { online, isEarly }: { online: boolean; isEarly: boolean }): Surroundings {
  const { random } = scene;
  const channel: Channel = online ? 'online' : random.percent(88) ? 'in-person' : 'postal';
  const submittedAt = submissionOf(random, channel, timeline.receivedAt);
  return {
    channel,
    submittedAt: isEarly ? earliest(submittedAt, instantOf(scene.period.start - random.between(1, 2 * DAY / MINUTE) * MINUTE)) : submittedAt,
    isRegistered: isEarly,
    returnedAt: returnOf(scene, timeline),
    returnChannel: random.weighted<Channel>([[5, 'in-person'], [1, 'postal'], [4, 'online']]),
  };
}

function submissionOf(random: SeededRandom, channel: Channel, receivedAt: Instant): Instant {
  const before = { 'in-person': 20 * MINUTE, online: 16 * 60 * MINUTE, postal: 3 * DAY }[channel];
  return instantOf(receivedAt - random.between(0, before / SECOND) * SECOND);
}

function returnOf(scene: Scene, { end }: Timeline): Instant | null {
  if (end === null || end.status === 7 || end.status === 8) return null;
  if (end.status === 10) return end.at;
  if (scene.random.percent(25)) return null;
  return officeInstant(scene, end.at, earliest(instantOf(end.at + 3 * DAY), instantOf(scene.period.end + 3 * DAY)));
}
