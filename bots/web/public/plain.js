location.replace('/plain')
