// Data of one screen: fetched when the screen opens or what it depends on changes, fetched again when a capability it shows is
// touched. Answers that come late and out of order are dropped. What is shown stays while fresh data is on its way.
import { onTouched } from './events';
import { toProblem, type Problem } from './problem';

export interface Resource<T> {
  readonly value: T | undefined;
  readonly problem: Problem | null;
  readonly loading: boolean;
  reload: () => void;
}

/** `fetch` is tracked: state it reads before its first `await` makes it run again. Call while a component sets up. */
export function resource<T>(fetch: () => Promise<T>, touches: string[] = []): Resource<T> {
  let value = $state.raw<T | undefined>();
  let problem = $state.raw<Problem | null>(null);
  let loading = $state(true);
  let round = $state(0);
  let newest = 0;

  $effect(() => {
    void round;
    const mine = ++newest;
    loading = true;
    fetch().then(
      (answer) => {
        if (mine !== newest) return;
        value = answer;
        problem = null;
        loading = false;
      },
      (thrown: unknown) => {
        if (mine !== newest) return;
        problem = toProblem(thrown);
        loading = false;
      },
    );
  });

  const reload = () => {
    round += 1;
  };
  $effect(() =>
    onTouched((capabilities) => {
      if (capabilities.some((name) => touches.includes(name))) reload();
    }),
  );

  return {
    get value() {
      return value;
    },
    get problem() {
      return problem;
    },
    get loading() {
      return loading;
    },
    reload,
  };
}
