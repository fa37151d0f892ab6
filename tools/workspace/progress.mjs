const seconds = (startedAt) => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;

/**
 * Progress lines on a stream: one per step, with its time. On a terminal the line of a running step is shown at once and
 * replaced at its end; elsewhere it is written at the end only.
 */
export function progressOn(stream) {
  const live = stream.isTTY === true;
  const show = (text) => {
    if (live) stream.write(`\r\x1b[K${text.slice(0, (stream.columns ?? 100) - 1)}`);
  };
  const line = (text) => stream.write(`${live ? '\r\x1b[K' : ''}${text}\n`);

  return {
    line,
    /**
     * Runs `action(note)`; `note(text)` tells what it is doing now. Its result may carry a `remark` for the line, and
     * `hasFailed` where it goes on all the same. What it throws ends the line with a cross and is thrown on.
     */
    async step(label, action) {
      const startedAt = performance.now();
      show(`… ${label}`);
      try {
        const result = await action((text) => (live ? show(`… ${label}: ${text}`) : line(`  ${label}: ${text}`)));
        const remark = result?.remark ? `  (${result.remark})` : '';
        line(`${result?.hasFailed ? '✗' : '✓'} ${label.padEnd(38)} ${seconds(startedAt).padStart(8)}${remark}`);
        return result;
      } catch (error) {
        line(`✗ ${label.padEnd(38)} ${seconds(startedAt).padStart(8)}`);
        throw error;
      }
    },
    /** A bar of a step that is `done` of `total`; on a stream that is no terminal one line per quarter. */
    bar(label) {
      const startedAt = performance.now();
      let quarter = 0;
      return (done, total) => {
        const share = total === 0 ? 1 : done / total;
        const width = 30;
        const filled = Math.round(share * width);
        show(`… ${label} [${'█'.repeat(filled)}${'·'.repeat(width - filled)}] ${done}/${total}  ${seconds(startedAt)}`);
        if (live || Math.floor(share * 4) <= quarter) return;
        quarter = Math.floor(share * 4);
        line(`  ${label}: ${done} of ${total}, ${seconds(startedAt)}`);
      };
    },
  };
}
