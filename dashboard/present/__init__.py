"""Page "Present": agendas of scenes, what each scene shows, the stage in the browser, and the agenda of a session."""
