/** A record of the journal's form: `<sequence>:<text>`. */
export function factRecord(topic: string, key: string, sequence: number, text = `${key} ${sequence}`) {
  return { topic, key, headers: { ce_sequence: String(sequence) }, value: Buffer.from(`${sequence}:${text}`) };
}
