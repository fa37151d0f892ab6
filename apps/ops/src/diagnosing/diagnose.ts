import type { GroupLag, TopicWatermark } from '../services/broker';
import type { OpenLetters } from '../services/letter-desk';
import { well, wrong, type Finding, type Words } from './finding';
import { answerSeconds, commandSeconds, sourcesSilent } from './judgements';
import { sumsOf, type MetricSeries } from './metric-sums';

/** What a member of a service answered; `away`: nothing, and why. */
export type ServiceSeen =
  | { readonly service: string; readonly url: string; readonly away: string }
  | {
    readonly service: string;
    readonly url: string;
    readonly isLive: boolean;
    /** By probe, where it is not well. */
    readonly notReady: Readonly<Record<string, readonly string[]>>;
    /** How far its clock is ahead of this one, milliseconds; to within a second. */
    readonly clockAheadMs: number;
    /** What `/metrics` says. */
    readonly series: readonly MetricSeries[];
  };

/** What the broker answered; `away`: why it cannot be asked. */
export type BrokerSeen =
  | { readonly away: string }
  | {
    /** What is wrong with the topics; absent: they are as the manifest has them. */
    readonly topicsUnfit?: string;
    readonly lags: readonly GroupLag[];
    readonly letters: readonly OpenLetters[];
    readonly watermarks: readonly TopicWatermark[];
  };

export interface Seen {
  readonly at: number;
  readonly services: readonly ServiceSeen[];
  readonly broker: BrokerSeen;
}

/** Watermarks hold by half a minute less than a clock may differ; an outbox waits a minute at most; as the alerts have it. */
const CLOCK_AHEAD_MS = 5_000;
const OUTBOX_SECONDS = 60;
const LAG_RECORDS = 50_000;
const WATERMARK_MS = 300_000;
const UNKNOWN_UNITS = 0.01;
const LAG_AGE_SECONDS = 300;
const COMPLETENESS = 0.7;
const ANSWER_SECONDS = 1;
const COMMAND_SECONDS = 0.5;
const WAITING_SECONDS = 7_200;
const SECONDS_PER_HOUR = 3_600;
const MILLISECONDS_PER_HOUR = 3_600_000;

/** Says of everything that was looked at whether it is well, and if not, what is wrong and what to do. */
export function diagnose({ at, services, broker }: Seen): readonly Finding[] {
  return [
    ...services.flatMap(ofService), ...ofBroker(broker, at), ...services.flatMap((seen) => ofSources(seen, at)), ...services.flatMap(ofReading),
    ...services.flatMap(ofFigures), ...services.flatMap(ofCompleteness), ...services.flatMap(ofWeeks),
  ];
}

function ofService(seen: ServiceSeen): readonly Finding[] {
  const answers = same(`${seen.service} ${seen.url}`);
  if ('away' in seen) {
    return [wrong(answers, { vi: `không trả lời: ${seen.away}`, en: `does not answer: ${seen.away}` }, {
      vi: 'khởi động dịch vụ; nếu nó tự tắt, lý do ở dòng cuối nhật ký', en: 'start the service; if it ends by itself, the last line of its log says why (docs/runbooks/alerts.md#servicedown)',
    })];
  }
  if (!seen.isLive) {
    return [wrong(answers, { vi: 'không tự hồi phục được', en: 'cannot recover by itself' }, { vi: 'khởi động lại dịch vụ', en: 'restart it (docs/runbooks/members-and-health.md#health)' })];
  }
  const reasons = Object.entries(seen.notReady).map(([probe, why]) => `${probe}: ${why.join(', ')}`).join('; ');
  const readiness = reasons === '' ? well(answers) : wrong(answers, { vi: `chưa sẵn sàng: ${reasons}`, en: `not ready: ${reasons}` }, {
    vi: 'xem bảng lý do', en: 'by the reason, the table in docs/runbooks/members-and-health.md#health',
  });
  return [readiness, ...ofClock(seen.service, seen.clockAheadMs), ...ofOutbox(seen.service, sumsOf(seen.series)), ...ofAnswers(seen.service, seen.series), ...ofDatabase(seen.service, seen.series)];
}

function ofClock(service: string, aheadMs: number): readonly Finding[] {
  if (Math.abs(aheadMs) <= CLOCK_AHEAD_MS) return [];
  const seconds = Math.round(aheadMs / 1_000);
  return [wrong(
    { vi: `đồng hồ của ${service}`, en: `the clock of ${service}` },
    { vi: `lệch ${seconds} giây so với máy này`, en: `differs by ${seconds} s from the one here` },
    { vi: 'đồng bộ đồng hồ của hai máy (NTP)', en: 'set both machines\' clocks (NTP)' },
  )];
}

function ofOutbox(service: string, metrics: ReadonlyMap<string, number>): readonly Finding[] {
  const age = metrics.get('outbox_oldest_age_seconds') ?? 0;
  if (age <= OUTBOX_SECONDS) return [];
  return [wrong(
    { vi: `hộp gửi của ${service}`, en: `the outbox of ${service}` },
    { vi: `bản ghi cũ nhất đã chờ ${Math.round(age)} giây`, en: `its oldest record has waited for ${Math.round(age)} s` },
    { vi: 'xem dịch vụ chờ gì', en: 'see what it waits for (docs/runbooks/members-and-health.md#a-record-waits-in-the-outbox)' },
  )];
}

function ofBroker(broker: BrokerSeen, at: number): readonly Finding[] {
  const answers = same('Kafka');
  if ('away' in broker) {
    return [wrong(answers, { vi: `không hỏi được: ${broker.away}`, en: broker.away }, {
      vi: 'khởi động Kafka; kiểm tra KAFKA_BROKERS', en: 'start the broker; look at KAFKA_BROKERS (docs/runbooks/members-and-health.md#a-server-is-away)',
    })];
  }
  const topics = { vi: 'chủ đề theo danh mục', en: 'topics as the manifest has them' };
  return [
    well(answers),
    broker.topicsUnfit === undefined ? well(topics) : wrong(topics, same(broker.topicsUnfit), { vi: 'tạo chủ đề còn thiếu', en: 'npm run ops -- topics apply creates what is missing; the number of partitions never changes' }),
    ...ofLags(broker.lags), ofLetters(broker.letters, at), ...ofWatermarks(broker.watermarks, at),
  ];
}

function ofLags(lags: readonly GroupLag[]): readonly Finding[] {
  const what = { vi: 'các nhóm đọc kịp', en: 'groups keep up' };
  const behind = lags.filter(({ records }) => records > LAG_RECORDS);
  if (behind.length === 0) return [well(what)];
  return behind.map(({ group, topic, records }) => wrong(
    what,
    { vi: `${group} còn ${records} bản ghi của ${topic}`, en: `${group} is ${records} records behind on ${topic}` },
    { vi: 'đợi nếu đang giảm; thêm thành viên nếu đang tăng', en: 'wait if it shrinks; else docs/runbooks/alerts.md#consumerlagrecords' },
  ));
}

function ofLetters(letters: readonly OpenLetters[], at: number): Finding {
  const what = { vi: 'không có bản ghi bị gác lại', en: 'nothing is set aside' };
  if (letters.length === 0) return well(what);
  const told = letters.map(({ records, topic, group }) => `${records} × ${topic} (${group})`).join('; ');
  const hours = Math.floor(Math.max(0, ...letters.flatMap(({ since }) => (since === undefined ? [] : at - since))) / MILLISECONDS_PER_HOUR);
  return wrong(what, { vi: `đang để riêng: ${told}; lâu nhất ${hours} giờ`, en: `open: ${told}; the oldest for ${hours} h` }, {
    vi: 'xem nguyên nhân rồi gửi lại hoặc bỏ; trước đó không tuần nào chốt được', en: 'npm run ops -- dlt list, then docs/runbooks/dead-letters.md; no week closes before',
  });
}

function ofWatermarks(watermarks: readonly TopicWatermark[], at: number): readonly Finding[] {
  const what = { vi: 'mốc của các dịch vụ ghi', en: 'watermarks of producers' };
  const old = watermarks.filter(({ oldest }) => oldest !== undefined && at - oldest > WATERMARK_MS);
  if (old.length === 0) return [well(what)];
  return old.map(({ topic, oldest }) => wrong(
    what,
    { vi: `mốc của ${topic} cũ ${ageOf(oldest, at)} giây; không tuần nào chốt được`, en: `the one of ${topic} is ${ageOf(oldest, at)} s old; no week can close` },
    { vi: 'xem dịch vụ ghi có chạy không', en: 'docs/runbooks/alerts.md#producersilent' },
  ));
}

function ofAnswers(service: string, series: readonly MetricSeries[]): readonly Finding[] {
  const seconds = answerSeconds(series);
  if (seconds === undefined || seconds <= ANSWER_SECONDS) return [];
  return [wrong(
    { vi: `thời gian trả lời của ${service}`, en: `the answers of ${service}` },
    { vi: `từ khi khởi động, một phần hai mươi yêu cầu cần hơn ${ANSWER_SECONDS} giây`, en: `since its start one request of twenty took longer than ${ANSWER_SECONDS} s` },
    { vi: 'xem cơ sở dữ liệu và bộ xử lý', en: 'look at the database first (docs/runbooks/alerts.md#databaseslow)' },
  )];
}

function ofDatabase(service: string, series: readonly MetricSeries[]): readonly Finding[] {
  const seconds = commandSeconds(series);
  if (seconds === undefined || seconds <= COMMAND_SECONDS) return [];
  return [wrong(
    { vi: `cơ sở dữ liệu của ${service}`, en: `the database of ${service}` },
    { vi: `từ khi khởi động, một phần hai mươi lệnh cần hơn ${COMMAND_SECONDS} giây`, en: `since its start one command of twenty took longer than ${COMMAND_SECONDS} s` },
    { vi: 'xem máy chạy cơ sở dữ liệu', en: 'docs/runbooks/alerts.md#databaseslow' },
  )];
}

function ofSources(seen: ServiceSeen, at: number): readonly Finding[] {
  const pushed = 'away' in seen ? [] : seen.series.filter(({ name }) => name === 'dossiers_source_last_push_timestamp_seconds');
  if (pushed.length === 0) return [];
  const what = { vi: 'các nguồn đang gửi', en: 'sources push' };
  const silent = sourcesSilent(pushed, at);
  if (silent.length === 0) return [well(what)];
  return silent.map(({ source, hours }) => wrong(
    what,
    { vi: `nguồn ${source} không gửi gì từ ${hours} giờ trước`, en: `source ${source} has sent nothing for ${hours} h` },
    { vi: 'gọi bên vận hành nguồn', en: 'call whoever runs it (docs/runbooks/alerts.md#sourcesilent)' },
  ));
}

function ofReading(seen: ServiceSeen): readonly Finding[] {
  if ('away' in seen) return [];
  const late = seen.series.filter(({ name, value }) => name === 'kafka_group_lag_age_seconds' && value > LAG_AGE_SECONDS);
  return late.map(({ labels: { group = '', topic = '' }, value }) => wrong(
    { vi: `nhóm ${group} đọc kịp`, en: `group ${group} reads in time` },
    { vi: `bản ghi của ${topic} đã chờ ${Math.round(value)} giây`, en: `records of ${topic} have waited for ${Math.round(value)} s` },
    { vi: 'xem phân vùng nào đứng yên', en: 'docs/runbooks/alerts.md#consumerlagage' },
  ));
}

function ofCompleteness(seen: ServiceSeen): readonly Finding[] {
  if ('away' in seen) return [];
  const ofMonth = (metric: string) => seen.series.filter(({ name, labels }) => name === metric && labels['period'] === 'month');
  const counted = new Set(ofMonth('index_counted_dossiers').flatMap(({ labels, value }) => (value > 0 ? [labels['unit']] : [])));
  const low = ofMonth('index_completeness_ratio').filter(({ labels, value }) => value < COMPLETENESS && counted.has(labels['unit']));
  return low.map(({ labels: { unit = '' }, value }) => wrong(
    { vi: `chỉ số của ${unit} đủ dữ liệu`, en: `the index of ${unit} has its data` },
    { vi: `tháng này chỉ ${Math.floor(value * 100)} % số điểm có dữ liệu: chưa xếp hạng được`, en: `only ${Math.floor(value * 100)} % of this month's points have data: it is not ranked` },
    { vi: 'hỏi đơn vị cung cấp số liệu còn thiếu', en: 'ask for the figures that people report (docs/runbooks/alerts.md#completenesslow)' },
  ));
}

function ofWeeks(seen: ServiceSeen): readonly Finding[] {
  if ('away' in seen) return [];
  const waiting = seen.series.filter(({ name, labels, value }) => name === 'index_waiting_period_age_seconds' && labels['period'] === 'week' && value > WAITING_SECONDS);
  return waiting.map(({ labels: { unit = '' }, value }) => wrong(
    { vi: `các tuần của ${unit} đã chốt`, en: `weeks of ${unit} are official` },
    { vi: `một tuần chờ chốt đã ${hoursOf(value)} giờ`, en: `one could have been for ${hoursOf(value)} h` },
    { vi: 'xem điều gì giữ lại', en: 'see what holds it back (docs/runbooks/alerts.md#weeknotclosed)' },
  ));
}

function ofFigures(seen: ServiceSeen): readonly Finding[] {
  if ('away' in seen) return [];
  const sums = sumsOf(seen.series);
  const holes = sums.get('index_open_holes') ?? 0;
  const [unknown, all] = [sums.get('index_unknown_unit_dossiers') ?? 0, sums.get('index_dossiers') ?? 0];
  return [
    ...(holes === 0 ? [] : [wrong(
      { vi: 'sự kiện đủ', en: 'facts are complete' }, { vi: `thiếu ${holes} sự kiện`, en: `${holes} facts have not come` },
      { vi: 'xem bản ghi bị gác lại và hộp gửi', en: 'docs/runbooks/dead-letters.md#open-holes' },
    )]),
    ...(unknown <= all * UNKNOWN_UNITS ? [] : [wrong(
      { vi: 'đơn vị có trong danh mục', en: 'units are in the catalog' }, { vi: `${unknown} trong ${all} hồ sơ thuộc đơn vị chưa có`, en: `${unknown} of ${all} dossiers are of units that it does not have` },
      { vi: 'bổ sung đơn vị vào danh mục', en: 'docs/runbooks/alerts.md#unknownunits' },
    )]),
  ];
}

function hoursOf(seconds: number): number {
  return Math.floor(seconds / SECONDS_PER_HOUR);
}

function ageOf(instant: number | undefined, at: number): number {
  return Math.round((at - (instant ?? at)) / 1_000);
}

function same(text: string): Words {
  return { vi: text, en: text };
}
