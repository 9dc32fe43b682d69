"""What an empty database of the portal needs. Everything here may run again and again: what exists is left as it is."""

from portal.site.tree import set_up_home_pages, set_up_information_pages, set_up_languages, set_up_settings

__all__ = ["set_up"]


def set_up():
    set_up_languages()
    set_up_home_pages()
    set_up_information_pages()
    set_up_settings()
