import { describe, expect, it } from 'vitest';
import type { SyncStatus } from '$bindings/commands';
import { syncLine } from './sync-line';

const now = Date.parse('2026-11-23T01:00:00Z');
const status: SyncStatus = {
  enrolled: true,
  device: 7,
  server: null,
  waiting: 0,
  waiting_since: null,
  last_contact_at: '2026-11-20T09:20:00Z',
  verified_at: '2026-11-20T09:20:00Z',
  conflicts: 0,
  running: false,
  refusal: null,
  offline: false,
  next_try_at: null,
  clock_off_seconds: null,
};
const line = (part: Partial<SyncStatus>) => syncLine({ ...status, ...part }, now).parts.join('');

describe('the line at the bottom', () => {
  it('says what waits and when the last contact was', () =>
    expect(line({ waiting: 12 })).toBe('Đã lưu trên máy này · 12 thay đổi chờ gửi · lần cuối 20/11 16:20'));

  it('says when both sides agreed', () => expect(line({})).toBe('Đã gửi hết · khớp với tỉnh lúc 20/11 16:20'));

  it('keeps what waits in sight beside what is to be decided', () =>
    expect(line({ waiting: 12, conflicts: 2 })).toContain('12 thay đổi chờ gửi, 2 chỗ cần người quyết'));

  it('does not tell of nothing being sent', () => {
    expect(line({ running: true, waiting: 3 })).toBe('Đang gửi 3 thay đổi, cứ làm tiếp');
    expect(line({ running: true })).toBe('Đang so với tỉnh, cứ làm tiếp');
  });

  it('is calm about a machine that has not joined yet', () =>
    expect(line({ enrolled: false, verified_at: null, last_contact_at: null })).toBe('Đã lưu trên máy này · chưa nối với tỉnh'));
});
