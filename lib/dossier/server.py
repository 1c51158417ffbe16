"""`python -m dossier.server`: JupyterLab's export menu of this environment can hand out `dossier-html` and `dossier-pdf`.

A Jupyter server extension with the addresses at which the menu asks for the two. The server's own address takes only
letters, digits and underscores for the name of a format: an entry with a hyphen in it would lead to "not found".
"""


def _jupyter_server_extension_points():
    return [{"module": "dossier.server"}]


def _load_jupyter_server_extension(app):
    from jupyter_server.base.handlers import path_regex
    from jupyter_server.nbconvert.handlers import NbconvertFileHandler, NbconvertPostHandler
    from jupyter_server.utils import url_path_join

    address = url_path_join(app.web_app.settings["base_url"], r"/nbconvert/(?P<format>dossier-\w+)")
    app.web_app.add_handlers(".*$", [(address, NbconvertPostHandler), (address + path_regex, NbconvertFileHandler)])


def switch_on():
    """Note the extension in the Jupyter settings of this environment; an editable install brings no such file."""
    from jupyter_server.extension.serverextension import toggle_server_extension_python

    toggle_server_extension_python("dossier.server", enabled=True)


if __name__ == "__main__":
    switch_on()
