// The dashboards. node infra/grafana/write.mjs writes them as JSON; a spec holds that the JSON is theirs.
import { dashboard, labelVariable, panel, query } from './dashboard.mjs';

const JOB = labelVariable('job', 'Dịch vụ / Service', 'Sáu dịch vụ / The six services', 'up');
const UNIT = labelVariable('unit', 'Đơn vị / Unit', 'Tỉnh, thành phố / Provinces', 'index_points');
const HOLDER = labelVariable('unit', 'Đơn vị / Unit', 'Đơn vị đang giữ hồ sơ / Units that have dossiers in hand', 'index_open_dossiers');
const SOURCE = labelVariable('source', 'Nguồn / Source', 'Hệ thống một cửa đã đồng bộ / One-stop systems that have pushed', 'dossiers_source_elements_total');
const OF_JOB = 'job=~"$job"';
const rate = (counter) => `rate(${counter}[$__rate_interval])`;
const requests = (matchers) => `sum by (job) (${rate(`http_request_duration_seconds_count{${matchers}}`)})`;
const quantile = (share, by, histogram) => `histogram_quantile(${share}, sum by (${by}, le) (${rate(histogram)}))`;

const platform = dashboard({
  uid: 'index766-platform', title: 'Nền tảng / Platform', variables: [JOB],
  description: 'Mọi dịch vụ: tồn đọng, tốc độ, kết quả, hộp gửi, HTTP, cơ sở dữ liệu / All services: lag, rate, outcomes, outbox, HTTP, database',
  panels: [
    panel('Dịch vụ đang chạy / Services up', '1: thành viên trả lời / 1: the member answers', 'short', [query(`up{${OF_JOB}}`, '{{job}} {{instance}}')]),
    panel('Kiểm tra sẵn sàng / Readiness', '1: làm việc được; 0: xem /health/ready / 1: it gets on; 0: see /health/ready', 'short',
      [query(`min by (job, probe) (service_probe_healthy{check="ready", ${OF_JOB}})`, '{{job}} {{probe}}')]),
    panel('Tồn đọng / Lag in records', 'Vị trí cuối trừ vị trí đã ghi, nhìn từ ngoài / End offsets minus committed ones, from outside', 'short',
      [query(`max by (group, topic) (kafka_group_lag_records{${OF_JOB}})`, '{{group}} {{topic}}')]),
    panel('Tồn đọng theo thời gian / Lag in time', 'Bản ghi chưa đọc đã chờ bao lâu / How long unread records have waited', 's',
      [query(`max by (group, topic) (kafka_group_lag_age_seconds{${OF_JOB}})`, '{{group}} {{topic}}')]),
    panel('Bản ghi theo kết quả / Records by outcome', 'Áp dụng, trùng, mâu thuẫn, gác lại / Applied, duplicate, conflict, dead-lettered', 'ops',
      [query(`sum by (group, outcome) (${rate(`kafka_consumer_records_total{${OF_JOB}}`)})`, '{{group}} {{outcome}}')]),
    panel('Bản ghi gác lại / Dead letters', 'Trong một giờ, theo nguyên nhân / In an hour, by cause', 'short',
      [query(`sum by (group, cause) (increase(kafka_dead_letters_total{${OF_JOB}}[1h]))`, '{{group}} {{cause}}')]),
    panel('Bản ghi gác lại chưa xử lý / Open dead letters', 'Chưa được gửi lại, chưa bị bỏ / Neither sent again nor given up', 'short',
      [query(`max by (group, topic) (kafka_open_dead_letters{${OF_JOB}})`, '{{group}} {{topic}}')]),
    panel('Hộp gửi / Outbox', 'Bản ghi cũ nhất đã chờ / How long the oldest record has waited', 's',
      [query(`max by (relay) (outbox_oldest_age_seconds{${OF_JOB}})`, '{{relay}}')]),
    panel('Yêu cầu HTTP / HTTP requests', 'Theo dịch vụ và mã trả lời / By service and status', 'reqps',
      [query(`sum by (job, status) (${rate(`http_request_duration_seconds_count{${OF_JOB}}`)})`, '{{job}} {{status}}')]),
    panel('Yêu cầu lỗi / Failed requests', 'Tỷ lệ trả lời 5xx / Share of answers that are 5xx', 'percentunit',
      [query(`(${requests(`${OF_JOB}, status=~"5.."`)} or ${requests(OF_JOB)} * 0) / ${requests(OF_JOB)}`, '{{job}}')]),
    panel('Thời gian HTTP / HTTP duration', 'Phân vị 95 / 95th percentile', 's',
      [query(quantile(0.95, 'job', `http_request_duration_seconds_bucket{${OF_JOB}}`), '{{job}}')]),
    panel('MongoDB', 'Thời gian lệnh, phân vị 95 / Time of commands, 95th percentile', 's',
      [query(quantile(0.95, 'job, command', `mongo_command_duration_seconds_bucket{${OF_JOB}}`), '{{job}} {{command}}')]),
    panel('Bộ nhớ / Memory', 'Bộ nhớ thường trú của tiến trình / Resident memory of the process', 'bytes',
      [query(`process_resident_memory_bytes{${OF_JOB}}`, '{{job}} {{instance}}')]),
    panel('Vòng lặp sự kiện / Event loop', 'Độ trễ, phân vị 99 / Lag, 99th percentile', 's',
      [query(`nodejs_eventloop_lag_p99_seconds{${OF_JOB}}`, '{{job}} {{instance}}')]),
  ],
});

const index = dashboard({
  uid: 'index766-index', title: 'Chỉ số 766 / Index 766', variables: [UNIT],
  description: 'Điểm của tỉnh trong kỳ đang chạy / Points of provinces in the periods that run',
  panels: [
    panel('Tổng điểm tháng này / Points this month', 'Cộng sáu nhóm / Sum of the six groups', 'short',
      [query('max by (unit) (index_points{unit=~"$unit", period="month"})', '{{unit}}')], { kind: 'stat', width: 8 }),
    panel('Sáu nhóm / Six groups', 'Điểm tháng này theo nhóm / Points this month by group', 'short',
      [query('max by (unit, index_group) (index_group_points{unit=~"$unit", period="month"})', '{{unit}} {{index_group}}')], { kind: 'bargauge', width: 16 }),
    panel('Xu hướng / Trend', 'Tổng điểm tuần, tháng, năm / Points of the week, month and year', 'short',
      [query('max by (unit, period) (index_points{unit=~"$unit"})', '{{unit}} {{period}}')]),
    panel('Độ đầy đủ / Completeness', 'Phần điểm có dữ liệu / Share of the points that has data', 'percentunit',
      [query('max by (unit, period) (index_completeness_ratio{unit=~"$unit"})', '{{unit}} {{period}}')]),
    panel('Hồ sơ được tính / Dossiers counted', 'Mẫu số của 2.1 / Denominator of 2.1', 'short',
      [query('max by (unit, period) (index_counted_dossiers{unit=~"$unit"})', '{{unit}} {{period}}')]),
    panel('Kỳ chờ chốt / Periods not closed', 'Đã có thể chốt từ bao lâu; 0: không kỳ nào chờ / How long they could have been official; 0: none waits', 's',
      [query('max by (unit, period) (index_waiting_period_age_seconds{unit=~"$unit"})', '{{unit}} {{period}}')]),
    panel('Tuổi của bản công bố / Age of editions', 'Từ bản công bố gần nhất của loại kỳ / Since the last edition of a kind of period', 's',
      [query('time() - max by (unit, period) (index_last_edition_timestamp_seconds{unit=~"$unit"})', '{{unit}} {{period}}')]),
    panel('Sự kiện còn thiếu / Facts missing', 'Dưới số thứ tự cao nhất của hồ sơ; giữ việc chốt tuần / Below the highest sequence of their dossier; they hold the closing of a week', 'short',
      [query('sum by (topic) (index_open_holes)', '{{topic}}')]),
    panel('Đơn vị chưa xác định / Unknown units', 'Tỷ lệ hồ sơ thuộc đơn vị chưa có trong danh mục / Share of dossiers of units that the catalog does not know', 'percentunit',
      [query('sum(index_unknown_unit_dossiers) / sum(index_dossiers)', 'Tỷ lệ / share')]),
  ],
});

const lateness = dashboard({
  uid: 'index766-lateness', title: 'Trễ hạn / Lateness', variables: [HOLDER],
  description: 'Hồ sơ đang giữ: quá hạn, đến hạn hôm nay / Dossiers in hand: overdue, due today',
  panels: [
    panel('Đang quá hạn / Overdue now', 'Tất cả đơn vị đã chọn / All units chosen', 'short',
      [query('sum(index_overdue_dossiers{unit=~"$unit"})', 'Quá hạn / overdue')], { kind: 'stat' }),
    panel('Đến hạn hôm nay / Due today', 'Còn trong hạn / Still in term', 'short',
      [query('sum(index_due_today_dossiers{unit=~"$unit"})', 'Hôm nay / today')], { kind: 'stat' }),
    panel('Quá hạn theo đơn vị / Overdue by unit', 'Hai mươi đơn vị nhiều nhất / The twenty units with most', 'short',
      [query('topk(20, sum by (unit) (index_overdue_dossiers{unit=~"$unit"}))', '{{unit}}')], { kind: 'bargauge' }),
    panel('Đến hạn hôm nay theo đơn vị / Due today by unit', 'Hai mươi đơn vị nhiều nhất / The twenty units with most', 'short',
      [query('topk(20, sum by (unit) (index_due_today_dossiers{unit=~"$unit"}))', '{{unit}}')], { kind: 'bargauge' }),
    panel('Đang giữ / In hand', 'Theo đơn vị / By unit', 'short', [query('sum by (unit) (index_open_dossiers{unit=~"$unit"})', '{{unit}}')]),
    panel('Tỷ lệ trễ / Late share', 'Của tỉnh, trong kỳ đang chạy / Of provinces, in the periods that run', 'percentunit',
      [query('max by (unit, period) (index_late_ratio)', '{{unit}} {{period}}')]),
    panel('Cờ toàn vẹn chưa xem xét / Integrity flags without review', 'Thay đổi ghi trong tuần này, theo đơn vị và loại cờ / Changes recorded this week, by unit and flag', 'short',
      [query('sum by (unit, flag) (index_integrity_flags{unit=~"$unit"})', '{{unit}} {{flag}}')]),
  ],
});

const sources = dashboard({
  uid: 'index766-sources', title: 'Nguồn / Sources', variables: [SOURCE],
  description: 'Ai gửi, gửi trễ bao lâu / Who sends, and how late',
  panels: [
    panel('Hồ sơ nhận được / Elements taken', 'Theo nguồn và kết quả / By source and outcome', 'ops',
      [query(`sum by (source, outcome) (${rate('dossiers_source_elements_total{source=~"$source"}')})`, '{{source}} {{outcome}}')]),
    panel('Lần gửi cuối / Last push', 'Đã bao lâu / How long ago', 's',
      [query('time() - max by (source) (dossiers_source_last_push_timestamp_seconds{source=~"$source"})', '{{source}}')]),
    panel('Gửi trễ / How late', 'Từ thời điểm mới nhất trong hồ sơ đến khi gửi, phân vị 95 trong một giờ / From the latest instant in a dossier to its push, 95th percentile of an hour', 's',
      [query('histogram_quantile(0.95, sum by (source, le) (increase(dossiers_source_delay_seconds_bucket{source=~"$source"}[1h])))', '{{source}}')]),
    panel('Mốc của dịch vụ ghi / Watermarks of producers', 'Mốc cuối cùng cũ bao lâu / How old the last watermark is', 's',
      [query('min by (topic) (max by (topic, group) (kafka_watermark_age_seconds))', '{{topic}}')]),
  ],
});

/** By file. */
export const DASHBOARDS = { platform, index, lateness, sources };
