document.body.append('page')
