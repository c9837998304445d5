// A backup made from any screen: what came of it is told in a line.
import { explain, toProblem } from '$host';
import { t } from '$messages';
import { showToast } from '$shared/toasts.svelte';
import { backUp } from './api';

export async function backUpAnywhere(): Promise<void> {
  try {
    await backUp();
    showToast(t('backup.made'));
  } catch (thrown) {
    showToast(explain(toProblem(thrown)).text);
  }
}
