/** Moves `Date` of a process by some time, as a machine does whose clock is wrong; timers and the monotonic clock stay. */
const PRELOAD = `
const skew = Number(process.env.CLOCK_SKEW_MS);
const now = () => Reflect.apply(RealDate.now, RealDate, []) + skew;
const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made === globalThis.Date ? target : made),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
`;

/** Environment of a service whose clock is fast by so many minutes; negative: slow. */
export function clockFastBy(minutes: number): Readonly<Record<string, string>> {
  return {
    CLOCK_SKEW_MS: String(minutes * 60_000),
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(PRELOAD)}`,
  };
}
