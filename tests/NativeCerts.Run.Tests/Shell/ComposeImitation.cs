namespace NativeCerts.Run.Tests.Shell;

/// <summary>
/// A program that finds, merges and prints a project's files as Docker Compose 2 does [github.com/compose-spec/compose-go, <c>cli/options.go</c>, <c>override</c>;
/// docs.docker.com/reference/cli/docker/compose/config/], of files that are JSON. Any verb but <c>config</c> prints the words that it got, and the project that it would start.
/// </summary>
internal static class ComposeImitation
{
    /// <summary>The script, for <c>python3</c>; its first argument is the name that it goes by, and what a file <c>compose-TROUBLE</c> beside it is named for goes wrong.</summary>
    public const string Script = """
        import json, os, re, sys, time

        here, name, words = os.path.dirname(os.path.abspath(sys.argv[0])), sys.argv[1], sys.argv[2:]
        trouble = {f[len('compose-'):] for f in os.listdir(here) if f.startswith('compose-')}
        with open(os.path.join(here, 'calls.log'), 'a') as log: log.write(json.dumps([name] + words) + '\n')
        front = list(words)
        if name in ('docker', 'podman'):
            while front and front[0] != 'compose': front.pop(0)
            if not front: sys.exit(64)
            front.pop(0)
        options = {'-f': [], '--profile': [], '--project-directory': [], '-p': [], '--env-file': []}
        while front and front[0].startswith('-'):
            word, _, value = front.pop(0).partition('=')
            word = {'--file': '-f', '--project-name': '-p'}.get(word, word)
            if word[:2] == '-f' and word != '-f': word, value = '-f', word[2:]
            if word == '--progress': front.pop(0)
            if word not in options: continue
            options[word].append(value or front.pop(0))
        verb = front.pop(0)

        def stop(text, code):
            sys.stderr.write(text + '\n')
            sys.exit(code)

        cwd = os.environ.get('PWD', '')
        if not os.path.isabs(cwd) or os.path.realpath(cwd) != os.getcwd(): cwd = os.getcwd()
        absolute = lambda path: os.path.normpath(os.path.join(cwd, path))
        environment = dict(os.environ)

        def settings(files):
            for file in files:
                for line in open(file).read().splitlines():
                    key, equals, value = line.partition('=')
                    if equals and not key.startswith('#'): environment.setdefault(key.strip(), value.split(' #')[0].strip().strip('"'))

        def default_settings(folder):
            if options['--env-file']: settings(map(absolute, options['--env-file']))
            elif os.path.exists(os.path.join(folder, '.env')): settings([os.path.join(folder, '.env')])

        files = list(options['-f'])
        folder = absolute(options['--project-directory'][-1]) if options['--project-directory'] else None
        default_settings(folder or (os.path.dirname(absolute(files[0])) if files else cwd))
        if not files and 'COMPOSE_FILE' in environment: files = environment['COMPOSE_FILE'].split(environment.get('COMPOSE_PATH_SEPARATOR') or ':')
        if not files:
            above = folder or cwd
            first = lambda names: [os.path.join(above, n) for n in names if os.path.exists(os.path.join(above, n))][:1]
            while not files:
                files = first(['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'])
                if files: files += first(['compose.override.yml', 'compose.override.yaml', 'docker-compose.override.yml', 'docker-compose.override.yaml'])
                elif above == '/': stop('no configuration file provided: not found', 14)
                above = os.path.dirname(above)
        folder = folder or os.path.dirname(absolute(files[0]))
        default_settings(folder)

        def interpolate(value):
            if isinstance(value, dict): return {k: interpolate(v) for k, v in value.items()}
            if isinstance(value, list): return [interpolate(v) for v in value]
            if not isinstance(value, str): return value
            def one(m):
                if m[0] == '$$': return '$'
                v = environment.get(m[1])
                return v if v else m[3] or ''
            return re.sub(r'\$\$|\$\{(\w+)(:-([^}]*))?\}', one, value)

        def mapping(value):
            if isinstance(value, list): value = dict((v.split('=', 1) if '=' in v else (v, None)) for v in value)
            return {k: environment.get(k) if v is None else str(v) for k, v in (value or {}).items()}

        def mount(value):
            if isinstance(value, dict): return value
            source, target, *mode = value.split(':')
            long = {'type': 'bind' if source[0] in './' else 'volume', 'source': os.path.normpath(os.path.join(folder, source)) if source[0] in './' else source, 'target': target}
            if 'ro' in mode: long['read_only'] = True
            return {**long, 'bind': {'create_host_path': True}}

        def canonical(service):
            if 'environment' in service: service['environment'] = mapping(service['environment'])
            if 'volumes' in service: service['volumes'] = [mount(v) for v in service['volumes']]
            if isinstance(service.get('build'), str): service['build'] = {'context': service['build']}
            if 'build' in service:
                build = service['build']
                if 'args' in build: build['args'] = mapping(build['args'])
                if 'secrets' in build: build['secrets'] = [{'source': s} if isinstance(s, str) else s for s in build['secrets']]
            return service

        def merge(one, two, key=None):
            if isinstance(one, dict) and isinstance(two, dict):
                return {**one, **{k: merge(one[k], v, k) if k in one else v for k, v in two.items()}}
            if key == 'volumes' and isinstance(one, list): return list({m['target']: m for m in one + two}.values())
            if isinstance(one, list): return one + [v for v in two if v not in one]
            return two

        model = {}
        for file in files:
            if file == '-': read = json.load(sys.stdin)
            elif not os.path.exists(absolute(file)): stop('open %s: no such file or directory' % absolute(file), 14)
            else: read = json.load(open(absolute(file)))
            read = interpolate(read)
            read['services'] = {k: canonical(v) for k, v in read.get('services', {}).items()}
            model = merge(model, read)
        active = set(options['--profile'] or environment.get('COMPOSE_PROFILES', '').split(','))
        wanted = set(front)
        services = {}
        for key, service in model['services'].items():
            profiles = set(service.get('profiles', []))
            if profiles and not (profiles & active) and '*' not in active and key not in wanted: continue
            own = {}
            for file in service.pop('env_file', []): own.update(mapping(open(os.path.join(folder, file)).read().split()))
            if own: service['environment'] = {**own, **service.get('environment', {})}
            if 'build' in service:
                service['build']['context'] = os.path.normpath(os.path.join(folder, service['build']['context']))
                service['build'].setdefault('dockerfile', 'Dockerfile')
            services[key] = {'command': None, 'entrypoint': None, 'networks': {'default': None}, **service}
        title = options['-p'][-1] if options['-p'] else environment.get('COMPOSE_PROJECT_NAME') or model.get('name') or re.sub('[^a-z0-9_-]', '', os.path.basename(folder).lower())
        model = {'name': title, 'networks': {'default': {'name': title + '_default', 'ipam': {}}}, **{k: v for k, v in model.items() if k != 'name'}, 'services': services}
        if verb != 'config':
            print(json.dumps({'words': words, 'model': model, 'input': sys.stdin.read() if verb == 'create' else None}))
            sys.exit(3 if verb == 'watch' else 0)

        given = [file for file in files if '/project-' in file]
        if 'fails' in trouble: stop('service "web" refers to undefined network x', 15)
        if 'one' in trouble: print('Validate and view the Compose file.\n\nUsage: config [options]\n\nOptions:\n    --services               Print the service names, one per line.'); sys.exit(0)
        if 'slow' in trouble: time.sleep(60)
        if 'refuses' in trouble and given: stop('additional properties are not allowed', 15)
        if 'drifts' in trouble and given: model['name'] += 'x'
        if 'meddles' in trouble and given: services['web']['environment']['OWN'] = 'other'
        if 'star' in trouble and '*' in active: stop('service "debug" is not whole', 15)
        if sys.stdin.read(): stop('something to read', 1)
        sys.stderr.write('time="x" level=warning msg="The \\"X\\" variable is not set. {Defaulting}"\n')
        print(json.dumps(model, indent=2).replace('$', '$$'))
        """;
}
