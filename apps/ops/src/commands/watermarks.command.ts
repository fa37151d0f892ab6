import { formatInstant } from '@index766/kernel';
import { readOptions } from '../command-line';
import { EXIT } from '../failure';
import { loadBrokerConfig } from '../ops.config';
import { Broker, type TopicWatermark } from '../services/broker';
import { tableText, type Column } from '../showing/table';
import type { Command } from './command';

const NOTHING = '–';

const columnsAt = (now: number): readonly Column<TopicWatermark>[] => [
  { vi: 'Chủ đề', en: 'Topic', cell: ({ topic }) => topic },
  { vi: 'Phân vùng', en: 'Partitions', align: 'right', cell: ({ partitions }) => String(partitions) },
  { vi: 'Chưa có mốc', en: 'Without any', align: 'right', cell: ({ withoutAny }) => String(withoutAny) },
  { vi: 'Mốc cũ nhất', en: 'Oldest watermark', cell: ({ oldest }) => (oldest === undefined ? NOTHING : formatInstant(oldest)) },
  { vi: 'Cũ (giây)', en: 'Age (seconds)', align: 'right', cell: ({ oldest }) => (oldest === undefined ? NOTHING : String(Math.max(0, Math.round((now - oldest) / 1_000)))) },
];

export const watermarksCommand: Command = {
  name: 'watermarks',
  usage: 'watermarks',
  purpose: 'show by topic up to when its producer has promised that all is sent, and that it was read: a week closes behind it',
  run: async (args, out) => {
    readOptions(args, {});
    const watermarks = await new Broker(loadBrokerConfig()).watermarks();
    out(tableText(columnsAt(Date.now()), watermarks));
    return EXIT.done;
  },
};
