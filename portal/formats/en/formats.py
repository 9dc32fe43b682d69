from portal.formats.finnish import *  # noqa: F403
