// The empty list to fill in, from any screen: where it goes is asked, what came of it told in a line.
import { chooseTarget, explain, handOver, toProblem } from '$host';
import { t } from '$messages';
import { showToast } from '$shared/toasts.svelte';
import { importTemplate } from './api';

export async function template(): Promise<void> {
  try {
    const path = await chooseTarget(t('imports.template_name'));
    if (path !== undefined) handOver(await importTemplate(path));
  } catch (thrown) {
    showToast(explain(toProblem(thrown)).text);
  }
}
