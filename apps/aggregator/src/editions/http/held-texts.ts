import type { Wording } from '@index766/index-766';

import type { HeldBy } from '../closing-check';

const TEXTS: Readonly<Record<HeldBy['kind'], Wording>> = {
  'period-runs': { vi: 'Kỳ chưa kết thúc.', en: 'The period still runs.' },
  'before-opening': { vi: 'Chưa đến giờ công bố của ngày làm việc đầu tiên sau kỳ.', en: 'The hour of the first working day after the period has not come yet.' },
  'not-automatic': { vi: 'Kỳ này chỉ công bố khi có lệnh.', en: 'This period is published by command alone.' },
  'no-signing-key': { vi: 'Hệ thống chưa có khóa ký bản công bố.', en: 'This installation has no key to sign editions with.' },
  producer: { vi: 'Một dịch vụ chưa gửi hết dữ liệu đến hết kỳ.', en: 'A service has not sent all that it recorded up to the end of the period.' },
  source: { vi: 'Một hệ thống nguồn chưa gửi gì kể từ khi kết thúc kỳ.', en: 'A source system has sent nothing since the end of the period.' },
  hole: { vi: 'Thiếu bản ghi của một hồ sơ hoặc phản ánh, kiến nghị.', en: 'Records of a dossier or petition are missing.' },
  settling: { vi: 'Dữ liệu còn thiếu vừa đến, đang chờ các dịch vụ xác nhận.', en: 'What was missing has just come; not every service has passed it yet.' },
  'dead-letter': { vi: 'Một bản ghi lỗi chưa được xử lý.', en: 'A record that was set aside is neither replayed nor given up.' },
};

export function heldText({ kind }: HeldBy): Wording {
  return TEXTS[kind];
}
