// What Camunda's webapps have in common here: each names this file in its config.js.

const root = document.querySelector('base').getAttribute('app-root').replace(/\/camunda$/, '');

// There is one sign-in for everything: Camunda's own form leads to it, after a sign-out or a session's end.
const toSignIn = () => {
  if (location.hash.startsWith('#/login')) {
    location.assign(root + '/sign-in');
  }
};
addEventListener('hashchange', toSignIn);
toSignIn();

const toDesk = pluginPoint => ({
  id: 'to-desk',
  pluginPoint,
  priority: 1000, // the first of the menu
  properties: {checkActive: () => false},
  render: place => {
    const link = document.createElement('a');
    link.href = root + '/desk';
    link.textContent = 'Desk';
    place.className = 'to-desk';
    place.append(link);
  }
});

export default [toDesk('cockpit.navigation'), toDesk('tasklist.navbar.action')];
