// Everything a person reads: `t('key', { name: value })`, in the language chosen. Keys are those of assets/messages/vi.json.
export { type Key, type Locale, type Params, isKey, locale, setLocale, t, tIn } from './dictionary.svelte';
