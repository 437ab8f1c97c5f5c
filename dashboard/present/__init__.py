"""Page "Present": agendas, the content of scenes, the slide show in the browser, and the session's own agenda."""
