// The start of the page: events, the session, then the shell.
import { mount } from 'svelte';
import '$shared/styles/index.css';
import { startEvents } from '$host';
import App from './views/App.svelte';

startEvents();
const target = document.getElementById('app');
if (target) mount(App, { target });
