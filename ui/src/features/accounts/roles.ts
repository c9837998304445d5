// The roles a worker can have, with what each may do. What they may really do is decided at the command door.
import { type Key, t } from '$messages';
import type { Option } from '$shared/ui/ComboBox.svelte';

const roles: { value: string; label: Key; note: Key }[] = [
  { value: 'officer', label: 'role.officer', note: 'role.officer_can' },
  { value: 'chairman', label: 'role.chairman', note: 'role.chairman_can' },
  { value: 'accountant', label: 'role.accountant', note: 'role.accountant_can' },
  { value: 'one_stop', label: 'role.one_stop', note: 'role.one_stop_can' },
];

export function roleOptions(): Option[] {
  return roles.map(({ value, label, note }) => ({ value, label: t(label), note: t(note) }));
}
