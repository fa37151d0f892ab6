const SHARED = new Map<string, string>();

/**
 * One and the same text for equal codes. There are a few thousand codes, and lists of them by the ten thousand: where each has a text of its
 * own, uniting lists is waiting for memory, and every text is kept as often as it was read.
 */
export function sharedCode<Code extends string>(code: Code): Code {
  const known = SHARED.get(code);
  if (known !== undefined) return known as Code;
  SHARED.set(code, code);
  return code;
}
