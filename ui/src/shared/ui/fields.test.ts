// Fields as people use them: by keyboard, with text that Unikey and Excel produce.
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import ComboBox from './ComboBox.svelte';
import PartialDateField from './PartialDateField.svelte';
import PasswordField from './PasswordField.svelte';
import SegmentedControl from './SegmentedControl.svelte';

const ethnic = [
  { value: '01', label: 'Kinh' },
  { value: '06', label: 'Mường', words: 'Mol Mual' },
  { value: '67', label: 'M’Nông' },
];

describe('the combo box', () => {
  const open = (props = {}) => {
    const onchange = vi.fn();
    render(ComboBox, { label: 'Dân tộc', options: ethnic, value: null, onchange, ...props });
    return { onchange, input: screen.getByLabelText<HTMLInputElement>('Dân tộc') };
  };

  it('takes the only match when one leaves', async () => {
    const { input, onchange } = open();
    await fireEvent.input(input, { target: { value: 'muon' } });
    await fireEvent.blur(input);
    expect(onchange).toHaveBeenCalledWith('06');
    expect(input.value).toBe('Mường');
  });

  it('goes back to what stood there when nothing matches', async () => {
    const { input, onchange } = open({ value: '01' });
    await fireEvent.input(input, { target: { value: 'xyz' } });
    await fireEvent.blur(input);
    expect(onchange).not.toHaveBeenCalled();
    expect(input.value).toBe('Kinh');
  });

  it('empties when the text is deleted', async () => {
    const { input, onchange } = open({ value: '01' });
    await fireEvent.input(input, { target: { value: '' } });
    await fireEvent.blur(input);
    expect(onchange).toHaveBeenCalledWith(null);
  });

  it('opens with F4 and stays shut on Ctrl keys', async () => {
    const { input } = open();
    await fireEvent.keyDown(input, { key: 's', ctrlKey: true });
    expect(input.getAttribute('aria-expanded')).toBe('false');
    await fireEvent.keyDown(input, { key: 'F4' });
    expect(input.getAttribute('aria-expanded')).toBe('true');
  });
});

describe('the date field', () => {
  const type = async (text: string, props = {}) => {
    const onchange = vi.fn();
    render(PartialDateField, { label: 'Ngày sinh', value: null, onchange, ...props });
    const input = screen.getByLabelText<HTMLInputElement>('Ngày sinh');
    await fireEvent.input(input, { target: { value: text } });
    await fireEvent.blur(input);
    await tick();
    return { input, last: onchange.mock.lastCall?.[0] as string | null };
  };

  it('takes a year, a month or a day', async () => {
    expect((await type('1950')).last).toBe('1950');
  });

  it('puts strokes into digits typed in one go', async () => {
    const { input, last } = await type('12031950');
    expect(last).toBe('1950-03-12');
    expect(input.value).toBe('12/03/1950');
  });

  it('says what to write when the day is not in the calendar', async () => {
    const { last } = await type('31/02/2012');
    expect(last).toBeNull();
    expect(screen.getByText(/31\/02\/2012 không có trong lịch/).textContent).toContain('02/2012');
  });

  it('asks for the whole date where only that will do', async () =>
    expect((await type('2012', { whole: true })).last).toBeNull());
});

describe('the password field', () => {
  it('warns when Telex may have changed what was typed', async () => {
    render(PasswordField, { label: 'Mật khẩu', value: 'matkhaaau' });
    expect(screen.getByText(/Telex/)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'hiện mật khẩu', pressed: false }));
    expect(screen.getByLabelText<HTMLInputElement>('Mật khẩu').type).toBe('text');
  });

  it('says nothing about a plain one', () => {
    render(PasswordField, { label: 'Mật khẩu', value: 'ruong lua 2026' });
    expect(screen.queryByText(/Telex/)).toBeNull();
  });
});

it('moves through fixed choices with the arrow keys', async () => {
  const onchange = vi.fn();
  const options = [
    { value: 'poor', label: 'Nghèo' },
    { value: 'none', label: 'Không' },
  ];
  render(SegmentedControl, { label: 'Loại hộ', options, value: 'poor', onchange });
  await fireEvent.keyDown(screen.getByRole('radio', { name: 'Nghèo' }), { key: 'ArrowRight' });
  expect(onchange).toHaveBeenCalledWith('none');
});
