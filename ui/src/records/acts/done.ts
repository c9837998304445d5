// An act that was done is told with its undo.
import type { ActDone } from '$bindings/commands';
import { explain, toProblem } from '$host';
import { t } from '$messages';
import { showToast } from '$shared/toasts.svelte';
import { undo } from '../api';
import type { ActName } from './model';

type AnyAct = ActName | 'keep_head' | 'keep_home' | 'rename_village' | 'merge_villages';

export function tellDone(act: AnyAct, done: ActDone, onundone: () => void): void {
  const back = () =>
    void undo(done.act).then(
      () => {
        showToast(t('undo.done.event'));
        onundone();
      },
      (thrown: unknown) => showToast(explain(toProblem(thrown)).text),
    );
  showToast(t('acts.done', { act: t(`act.${act}`) }), done.act ? { label: t('undo.do'), run: back } : undefined);
}
