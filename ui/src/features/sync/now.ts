// Trying the link from any screen: what came of it is told in a line.
import { explain, toProblem } from '$host';
import { t } from '$messages';
import { showToast } from '$shared/toasts.svelte';
import { syncNow } from './api';

export async function syncAnywhere(): Promise<void> {
  try {
    const done = await syncNow();
    showToast(t('sync.done', { sent: done.sent, received: done.received }));
  } catch (thrown) {
    showToast(explain(toProblem(thrown)).text);
  }
}
