import { bytesText, keyText } from './letter-text';

describe('the key of a letter', () => {
  it.each([
    ['H44.114-20261005-0001', 'H44.114-20261005-0001'],
    ['0123456789abcdef0123456789abcdef', '0123456789abcdef0123456789abcdef'],
    ['Trần Thị Ví Dụ', 'sha256:b3984b52ecde'],
    ['', 'sha256:e3b0c44298fc'],
  ])('%p is shown as %s', (key, shown) => expect(keyText(Buffer.from(key))).toBe(shown));

  it('is a digest when it is no text, and a dash when there is none', () => {
    expect(keyText(Buffer.from([0xff, 0xfe]))).toMatch(/^sha256:[0-9a-f]{12}$/);
    expect(keyText(null)).toBe('–');
  });
});

describe('the bytes of a record', () => {
  it('are text where somebody can read it', () => expect(bytesText(Buffer.from('{"tên":"Ví Dụ"}\n'))).toBe('{"tên":"Ví Dụ"}\n'));

  it.each([['no UTF-8', [0xff, 0x00]], ['what moves a terminal', [0x1b, 0x5b, 0x32, 0x4a]]])('are hexadecimal for %s', (_, bytes) => {
    expect(bytesText(Buffer.from(bytes))).toBe(Buffer.from(bytes).toString('hex'));
  });

  it('are hexadecimal in lines of 32 bytes', () => {
    expect(bytesText(Buffer.alloc(65)).split('\n').map((line) => line.length)).toEqual([64, 64, 2]);
  });
});
