// There is one sign-in for everything: Camunda's own form leads to it, after a sign-out or a session's end.
const toSignIn = () => {
  if (location.hash.startsWith('#/login')) {
    location.assign(document.querySelector('base').getAttribute('app-root').replace(/\/camunda$/, '') + '/sign-in');
  }
};
addEventListener('hashchange', toSignIn);
toSignIn();

export default {
  app: {name: 'Cockpit', vendor: 'Coursera Casework'},
};
