"""Django's own database and cache backends, taught to cope with a server that is away or mute."""
