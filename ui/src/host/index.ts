// What the screens use of the program behind the page.
export { type Answer, call, type Name, type Request, whenLocked } from './call';
export { codeName, codeOptions, fieldLabel, valueText } from './codes';
export { onTouched, startEvents } from './events';
export { type ChosenFile, chooseFile, chooseTarget, handOver } from './files';
export { type Pages, pages } from './pages.svelte';
export { explain, fieldProblems, isProblem, issueText, type Problem, refusalText, toProblem } from './problem';
export { type Resource, resource } from './resource.svelte';
export { can, type Session, session } from './session.svelte';
