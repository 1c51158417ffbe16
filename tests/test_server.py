"""The extension of the Jupyter server."""

import json
import re
from types import SimpleNamespace

from dossier import server


def test_addresses_of_the_export_menu():
    """The two formats have an address each below the server's own, for a file and for a notebook that is sent."""
    added = []
    web = SimpleNamespace(
        settings={"base_url": "/user/ada/"}, add_handlers=lambda host, handlers: added.extend(handlers)
    )
    server._load_jupyter_server_extension(SimpleNamespace(web_app=web))
    found = {address: handler.__name__ for address, handler in added}

    def answers(path):
        return next((name for address, name in found.items() if re.fullmatch(address, path)), None)

    assert answers("/user/ada/nbconvert/dossier-html") == "NbconvertPostHandler"
    assert answers("/user/ada/nbconvert/dossier-pdf/sub/my notebook.ipynb") == "NbconvertFileHandler"
    assert answers("/user/ada/nbconvert/html/x.ipynb") is None and answers("/nbconvert/dossier-html/x.ipynb") is None


def test_extension_is_switched_on_in_its_environment(tmp_path, monkeypatch):
    """`python -m dossier.server` writes what every Jupyter server of the environment reads."""
    from jupyter_server.extension import serverextension

    monkeypatch.setattr(serverextension, "_get_config_dir", lambda **_: str(tmp_path))
    server.switch_on()
    (written,) = tmp_path.rglob("*.json")
    assert json.loads(written.read_text())["ServerApp"]["jpserver_extensions"] == {"dossier.server": True}
    assert written.parent.name == "jupyter_server_config.d"


def test_server_finds_it():
    """The module names itself as the extension."""
    assert server._jupyter_server_extension_points() == [{"module": "dossier.server"}]
