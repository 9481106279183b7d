import address from './mark.txt?no-inline'

document.body.append(address)
