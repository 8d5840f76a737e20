import { render } from 'preact'
import { App } from './shell/app.js'
import { listenToKeys } from './state/keys.js'
import { openWhatIsGiven } from './state/places.js'
import { followTheme } from './state/themes.js'
import { followAddress } from './state/url-state.js'
import './style/theme.css'
import './style/shell.css'
import './style/panels.css'
import './style/table.css'

const host = document.getElementById('app')
if (host !== null) {
  followTheme()
  followAddress()
  listenToKeys()
  render(<App />, host)
  openWhatIsGiven()
}
