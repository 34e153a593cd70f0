# -*- coding: utf-8 -*-
"""Makes certifi answer with the bundle of this run, for code that gives `certifi.where()` to TLS itself and so follows no variable.

It stands on PYTHONPATH, and every interpreter of the process tree imports it at its start [docs.python.org/3/library/site.html]:
Python 2.7 or 3, with certifi or without. So it loads nothing, prints nothing, and what fails in it changes nothing.
"""
# The bundle's path is data, in a file beside this one: {file:python/bundle.path}. In here a quote or a backslash in it would be code.
import os
import sys

# Where the packagers of operating systems have certifi point: it names what they trust, not what its user chose.
_OF_THE_SYSTEM = (
    '/etc/ssl/certs/ca-certificates.crt',
    '/etc/pki/tls/certs/ca-bundle.crt',
    '/etc/pki/tls/cert.pem',
    '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
    '/etc/ssl/ca-bundle.pem',
    '/var/lib/ca-certificates/ca-bundle.pem',
    '/etc/ssl/certs/ca-bundle.crt',
    '/etc/ssl/cert.pem',
)


def _is_certifi(name):
    # Whoever brings a copy of certifi keeps its name: pip._vendor.certifi.
    return name.endswith('certifi.core') and (name == 'certifi.core' or name.endswith('.certifi.core'))


def _bundle(here=os.path.dirname(os.path.abspath(__file__))):
    """The path of the bundle, or None when the run is over."""
    try:
        with open(os.path.join(here, 'bundle.path'), 'rb') as file:
            path = file.read().rstrip(b'\n')
        if not isinstance(path, str):
            path = os.fsdecode(path)
        return path if os.path.isfile(path) else None
    except Exception:
        return None


def _is_own(core, path):
    """Whether the path is that of the file which certifi brings, and not one that its user has put in its place."""
    if path in _OF_THE_SYSTEM:
        return True
    folder = os.path.dirname(os.path.abspath(core.__file__))
    # Out of an archive, a copy goes into the folder for temporary files, under any name.
    return not os.path.isdir(folder) or (os.path.basename(path) == 'cacert.pem' and os.path.dirname(os.path.abspath(path)) == folder)


def _redirect(core):
    """Changes the functions in place, since who has imported them earlier calls them without their module."""
    try:
        functions = [core.where] + ([core.contents] if hasattr(core, 'contents') else [])
        for function in functions:
            # Anything but a plain function of certifi's own was put there by somebody else, or by this module.
            if type(function) is not type(_redirect) or function.__globals__ is not core.__dict__:
                return
            code = function.__code__
            if code.co_argcount or code.co_freevars or code.co_names[:1] == ('_nctrust_where',):
                return
        originals = [type(function)(function.__code__, core.__dict__, function.__name__) for function in functions]
        where, contents = originals[0], originals[-1]

        def find():
            own = where()
            bundle = _bundle()
            return bundle if bundle and _is_own(core, own) else own

        def read():
            path = find()
            if path != _bundle():
                return contents()
            # ssl takes PEM as text only if it is ASCII, and what is not can only be a remark.
            with open(path, 'rb') as file:
                return type(path)(file.read().decode('ascii', 'ignore').replace('\r\n', '\n'))

        core._nctrust_where, core._nctrust_contents = find, read
        # In this order: a certifi of before 2020 has no contents, so that where is first and last.
        functions[-1].__code__ = (lambda: _nctrust_contents()).__code__  # noqa: F821
        functions[0].__code__ = (lambda: _nctrust_where()).__code__  # noqa: F821
    except Exception:
        pass


class _Loader(object):
    """Stands in for the loader of one module until that is loaded."""

    def __init__(self, spec):
        self._spec, self._loader = spec, spec.loader

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._spec.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        _redirect(module)


class _OldLoader(object):
    """The same for archives before Python 3.10, whose loader has one method for both steps."""

    def __init__(self, spec):
        self._spec, self._loader = spec, spec.loader

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def load_module(self, name):
        self._spec.loader = self._loader
        module = self._loader.load_module(name)
        _redirect(module)
        return module


class _Finder(object):
    """Is asked first for every module, and answers for certifi alone."""

    of_nctrust = True

    def __init__(self):
        self._searching = set()
        # Python 2 empties a module that leaves sys.modules, as this one does for the one it stands in front of.
        self._module = sys.modules.get(__name__)

    def find_spec(self, name, path=None, target=None):
        if not _is_certifi(name) or name in self._searching:
            return None
        self._searching.add(name)
        try:
            from importlib.util import find_spec
            spec = find_spec(name)
            if spec is not None and spec.loader is not None:
                spec.loader = (_Loader if hasattr(spec.loader, 'exec_module') else _OldLoader)(spec)
            return spec
        except Exception:
            return None
        finally:
            self._searching.discard(name)

    # Python 2.
    def find_module(self, name, path=None):
        return self if _is_certifi(name) and name not in self._searching else None

    def load_module(self, name):
        self._searching.add(name)
        try:
            __import__(name)
            module = sys.modules[name]
        finally:
            self._searching.discard(name)
        _redirect(module)
        return module


def _install():
    try:
        # A run inside another has come first.
        if any(getattr(finder, 'of_nctrust', False) for finder in sys.meta_path):
            return
        sys.meta_path.insert(0, _Finder())
        for name, module in list(sys.modules.items()):
            # A .pth file may have imported it already.
            if _is_certifi(name) and module is not None:
                _redirect(module)
    except Exception:
        pass


def _hand_over():
    """Imports the sitecustomize that this one stands in front of, and leaves it in its place; what goes wrong in it goes wrong as it would."""
    here = os.path.dirname(os.path.abspath(__file__))
    own = [folder for folder in sys.path if os.path.abspath(folder) == here]
    ours = sys.modules.get(__name__)
    if __name__ != 'sitecustomize' or ours is None or not own:
        return
    position = sys.path.index(own[0])
    sys.path[:] = [folder for folder in sys.path if folder not in own]
    del sys.modules[__name__]
    try:
        import sitecustomize  # noqa: F401
    except ImportError as failure:
        sys.modules[__name__] = ours
        if getattr(failure, 'name', __name__) != __name__:
            raise
    finally:
        sys.path.insert(position, own[0])


_install()
_hand_over()
