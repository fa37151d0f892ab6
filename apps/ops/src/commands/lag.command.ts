import { readOptions } from '../command-line';
import { EXIT } from '../failure';
import { loadBrokerConfig } from '../ops.config';
import { Broker, type GroupLag } from '../services/broker';
import { openLetters, type OpenLetters } from '../services/letter-desk';
import { tableText, type Column } from '../showing/table';
import type { Command } from './command';

const COLUMNS: readonly Column<GroupLag>[] = [
  { vi: 'Nhóm', en: 'Group', cell: ({ group }) => group },
  { vi: 'Thế hệ', en: 'Generation', align: 'right', cell: ({ generation }) => String(generation) },
  { vi: 'Chủ đề', en: 'Topic', cell: ({ topic }) => topic },
  { vi: 'Chưa đọc', en: 'Behind', align: 'right', cell: ({ records }) => String(records) },
];

const LETTERS: readonly Column<OpenLetters>[] = [
  { vi: 'Nhóm', en: 'Group', cell: ({ group }) => group },
  { vi: 'Chủ đề', en: 'Topic', cell: ({ topic }) => topic },
  { vi: 'Bản ghi', en: 'Records', align: 'right', cell: ({ records }) => String(records) },
];

export const lagCommand: Command = {
  name: 'lag',
  usage: 'lag',
  purpose: 'show how many records each consumer group is behind, and what was set aside',
  run: async (args, out) => {
    readOptions(args, {});
    const config = loadBrokerConfig();
    out(tableText(COLUMNS, await new Broker(config).lags()));
    const letters = await openLetters(config);
    if (letters.length > 0) out(`\nĐã để riêng, chưa xử lý / Set aside and open (dlt list)\n${tableText(LETTERS, letters)}`);
    return EXIT.done;
  },
};
