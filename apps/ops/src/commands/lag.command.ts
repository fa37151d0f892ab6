import { readOptions } from '../command-line';
import { EXIT } from '../failure';
import { loadBrokerConfig } from '../ops.config';
import { Broker, type GroupLag } from '../services/broker';
import { tableText, type Column } from '../showing/table';
import type { Command } from './command';

const COLUMNS: readonly Column<GroupLag>[] = [
  { vi: 'Nhóm', en: 'Group', cell: ({ group }) => group },
  { vi: 'Thế hệ', en: 'Generation', align: 'right', cell: ({ generation }) => String(generation) },
  { vi: 'Chủ đề', en: 'Topic', cell: ({ topic }) => topic },
  { vi: 'Chưa đọc', en: 'Behind', align: 'right', cell: ({ records }) => String(records) },
];

export const lagCommand: Command = {
  name: 'lag',
  usage: 'lag',
  purpose: 'show how many records each consumer group is behind, and what was set aside',
  run: async (args, out) => {
    readOptions(args, {});
    const broker = new Broker(loadBrokerConfig());
    out(tableText(COLUMNS, await broker.lags()));
    const letters = await broker.deadLetters();
    if (letters.length > 0) out(`\nĐã để riêng / Set aside\n${tableText(COLUMNS, letters)}`);
    return EXIT.done;
  },
};
