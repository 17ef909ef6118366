// There is one sign-in for everything: Camunda's own form leads to it, after a sign-out or a session's end.
const toSignIn = () => {
  if (location.hash.startsWith('#/login')) {
    location.assign(document.querySelector('base').getAttribute('app-root').replace(/\/camunda$/, '') + '/sign-in');
  }
};
addEventListener('hashchange', toSignIn);
toSignIn();

export default {
  app: {name: 'Tasklist', vendor: 'Coursera Casework'},
  shortcuts: {
    claimTask: {key: 'ctrl+alt+c', description: 'claims the currently selected task'},
    focusFilter: {key: 'ctrl+shift+f', description: 'set the focus to the first filter in the list'},
    focusList: {key: 'ctrl+alt+l', description: 'sets the focus to the first task in the list'},
    focusForm: {key: 'ctrl+alt+f', description: 'sets the focus to the first input field in a task form'},
    startProcess: {key: 'ctrl+alt+p', description: 'opens the start process modal dialog'}
  }
};
