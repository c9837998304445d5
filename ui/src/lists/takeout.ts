// A file that was made for giving out, and what the worker is told of it.
import type { FileMade } from '$bindings/commands';
import { handOver } from '$host';
import { t } from '$messages';
import { showToast } from '$shared/toasts.svelte';

/** Hands the file over; says where it lies, and how many people with a limit are not in it. */
export function giveOut(file: FileMade): void {
  handOver(file);
  const left = file.left_out > 0 ? ` ${t('limits.left_out', { count: file.left_out })}` : '';
  showToast(t('imports.exported', { name: file.path ?? file.name }) + left);
}
