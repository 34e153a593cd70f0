using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Conflicts;

namespace NativeCerts.Run.Tests.Profiles.Conflicts;

/// <summary>The conflicts of the registry, with settings as users have them, and beside each a twin that means no harm.</summary>
public sealed class BuiltinConflictTests
{
    [Theory(Timeout = 30_000)]
    [InlineData("node", "NODE_TLS_REJECT_UNAUTHORIZED=0", "NODE_TLS_REJECT_UNAUTHORIZED=1")]
    [InlineData("bun", "NODE_TLS_REJECT_UNAUTHORIZED=0", "NODE_TLS_REJECT_UNAUTHORIZED=")]
    [InlineData("npm", "npm_config_strict_ssl=false", "npm_config_strict_ssl=true")]
    [InlineData("npx", "NPM_CONFIG_STRICT_SSL=false", "NPM_CONFIG_STRICT_SSL=true")]
    [InlineData("yarn", "YARN_ENABLE_STRICT_SSL=false", "YARN_ENABLE_STRICT_SSL=true")]
    [InlineData("git", "GIT_SSL_NO_VERIFY=", "GIT_TRACE=1")]
    [InlineData("git", "GIT_CONFIG_PARAMETERS='http.sslVerify'='false'", "GIT_CONFIG_PARAMETERS='http.sslVerify'='true'")]
    [InlineData("pip", "PIP_TRUSTED_HOST=a.test", "PIP_TRUSTED_HOST=")]
    [InlineData("python", "PYTHONHTTPSVERIFY=0", "PYTHONHTTPSVERIFY=1")]
    [InlineData("uv", "UV_INSECURE_HOST=a.test", "UV_OFFLINE=1")]
    [InlineData("gcloud", "CLOUDSDK_AUTH_DISABLE_SSL_VALIDATION=True", "CLOUDSDK_AUTH_DISABLE_SSL_VALIDATION=false")]
    [InlineData("rclone", "RCLONE_NO_CHECK_CERTIFICATE=true", "RCLONE_NO_CHECK_CERTIFICATE=false")]
    [InlineData("openldap", "LDAPTLS_REQCERT=never", "LDAPTLS_REQCERT=demand")]
    [InlineData("go", "GOINSECURE=*.test", "GOPRIVATE=*.test")]
    [InlineData("go", "GOFLAGS=-mod=mod -insecure", "GOFLAGS=-mod=mod")]
    [InlineData("maven", "MAVEN_OPTS=-Xmx1g -Dmaven.wagon.http.ssl.insecure=true", "MAVEN_OPTS=-Dmaven.wagon.http.ssl.insecure=false")]
    [InlineData("perl", "PERL_LWP_SSL_VERIFY_HOSTNAME=0", "PERL_LWP_SSL_VERIFY_HOSTNAME=1")]
    [InlineData("perl", "HTTPS_CA_FILE=/x.pem", "HTTPS_PROXY=http://x")]
    [InlineData("bundler", "BUNDLE_SSL_VERIFY_MODE=0", "BUNDLE_SSL_VERIFY_MODE=1")]
    [InlineData("elixir", "HEX_UNSAFE_HTTPS=1", "HEX_UNSAFE_HTTPS=0")]
    public async Task A_variable_switches_verification_off(string profile, string variable, string harmless)
    {
        await Task.CompletedTask;
        using var place = new SettingsPlace();
        Assert.Equal(FindingEffect.Insecure, Assert.Single(place.Find(profile, variable: variable)).Effect);
        Assert.Empty(place.Find(profile, variable: harmless));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("java", "JDK_JAVA_OPTIONS=-Xmx1g -Djavax.net.ssl.trustStore=/x.jks", "JDK_JAVA_OPTIONS=-Xmx1g")]
    [InlineData("java", "JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStoreType=X", "JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStorePassword=x")]
    [InlineData("maven", "MAVEN_OPTS=-Djavax.net.ssl.trustStore=/x.jks", "MAVEN_OPTS=-Djavax.net.ssl.keyStore=/x.jks")]
    [InlineData("gradle", "GRADLE_OPTS=-Djavax.net.ssl.trustStore=/x.jks", "GRADLE_OPTS=-Xmx1g")]
    [InlineData("ant", "ANT_OPTS=-Djavax.net.ssl.trustStore=/x.jks", "ANT_OPTS=-Xmx1g")]
    [InlineData("leiningen", "LEIN_JVM_OPTS=-Djavax.net.ssl.trustStore=/x.jks", "LEIN_JVM_OPTS=")]
    [InlineData("sbt", "SBT_OPTS=-Djavax.net.ssl.trustStore=/x.jks", "SBT_OPTS=-v")]
    [InlineData("curl", "CURL_SSL_BACKEND=Schannel", "CURL_SSL_BACKEND=openssl")]
    [InlineData("yarn", "YARN_CAFILE=/x.pem", "YARN_CAFILE=")]
    [InlineData("nix", "NIX_CONFIG=ssl-cert-file = /x.pem", "NIX_CONFIG=cores = 2")]
    [InlineData("go", "GODEBUG=http2debug=1,x509usefallbackroots=1", "GODEBUG=x509usefallbackroots=0")]
    [InlineData("bundler", "BUNDLE_SSL_CA_CERT=/x.pem", "BUNDLE_PATH=/x")]
    public async Task A_variable_overrules_what_is_injected(string profile, string variable, string harmless)
    {
        await Task.CompletedTask;
        using var place = new SettingsPlace();
        Assert.Equal(FindingEffect.Overrules, Assert.Single(place.Find(profile, variable: variable)).Effect);
        Assert.Empty(place.Find(profile, variable: harmless));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("npm", "home/.npmrc", "strict-ssl=false", "strict-ssl=true")]
    [InlineData("npm", "work/.npmrc", "strict-ssl = false", "; strict-ssl = false")]
    [InlineData("pnpm", "work/pnpm-workspace.yaml", "strictSsl: false", "strictSsl: true")]
    [InlineData("yarn", "home/.yarnrc", "strict-ssl false", "strict-ssl true")]
    [InlineData("yarn-berry", "work/.yarnrc.yml", "enableStrictSsl: false", "enableStrictSsl: true")]
    [InlineData("git", "home/.gitconfig", "[http]\n\tsslVerify = false", "[sendemail]\n\tsslVerify = false")]
    [InlineData("git", "work/.git/config", "[http \"https://a.test\"]\n\tsslverify = no", "[http]\n\tsslverify = yes")]
    [InlineData("pip", "config/pip/pip.conf", "[global]\ntrusted-host =\n  a.test\n", "[global]\n# trusted-host = a.test\n")]
    [InlineData("curl", "home/.curlrc", "insecure", "# insecure")]
    [InlineData("curl", "home/.curlrc", "-k", "-K")]
    [InlineData("curl", "config/curlrc", "--insecure", "--compressed")]
    [InlineData("wget", "home/.wgetrc", "check_certificate = off", "check_certificate = on")]
    [InlineData("wget2", "config/wget/wget2rc", "check-certificate=no", "check-certificate=yes")]
    [InlineData("aria2", "home/.aria2/aria2.conf", "check-certificate=false", "check-certificate=true")]
    [InlineData("composer", "home/.composer/config.json", "{ \"config\": { \"disable-tls\": true } }", "{ \"extra\": { \"disable-tls\": true } }")]
    [InlineData("composer", "work/composer.json", "{ \"config\": { \"secure-http\": false } }", "{ \"config\": { \"secure-http\": true } }")]
    [InlineData("composer", "work/composer.json", "{ \"repositories\": [{ \"options\": { \"ssl\": { \"verify_peer\": false } } }] }", "{}")]
    [InlineData("gcloud", "home/.config/gcloud/properties", "[auth]\ndisable_ssl_validation = True", "[core]\ndisable_ssl_validation = True")]
    [InlineData("gcloud", "home/.boto", "[Boto]\nhttps_validate_certificates = False", "[Boto]\nhttps_validate_certificates = True")]
    [InlineData("openldap", "home/.ldaprc", "TLS_REQCERT never", "TLS_REQCERT hard")]
    [InlineData("go", "config/go/env", "GOINSECURE=*.test", "GOPROXY=direct")]
    [InlineData("uv", "work/uv.toml", "allow-insecure-host = [\"a.test\"]", "allow-insecure-host = []")]
    [InlineData("uv", "work/pyproject.toml", "[tool.uv]\nallow-insecure-host = [\"a.test\"]", "[tool.other]\nallow-insecure-host = [\"a.test\"]")]
    [InlineData("poetry", "config/pypoetry/auth.toml", "[certificates.corp]\ncert = false", "[certificates.corp]\nclient-cert = false")]
    [InlineData("maven", "work/.mvn/maven.config", "-B\n-Dmaven.wagon.http.ssl.allowall=true", "-B\n-Dmaven.wagon.http.ssl.allowall=false")]
    [InlineData("gem", "home/.gemrc", ":ssl_verify_mode: 0", ":ssl_verify_mode: 1")]
    [InlineData("bundler", "work/.bundle/config", "---\nBUNDLE_SSL_VERIFY_MODE: \"0\"", "---\nBUNDLE_SSL_VERIFY_MODE: \"1\"")]
    [InlineData("dotnet", "work/nuget.config", "<configuration>\n<packageSources>\n<add key=\"x\" value=\"https://x.test\" disableTLSCertificateValidation=\"true\" />", "<!-- <add disableTLSCertificateValidation=\"true\" /> -->")]
    public async Task A_setting_switches_verification_off(string profile, string file, string content, string harmless)
    {
        await Task.CompletedTask;
        using var place = new SettingsPlace();
        place.Write(file, content);
        var finding = Assert.Single(place.Find(profile));
        Assert.Equal((FindingEffect.Insecure, place.Folder[file]), (finding.Effect, finding.File));
        place.Write(file, harmless);
        Assert.Empty(place.Find(profile));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("curl", "home/.curlrc", "cacert = \"/x.pem\"", "cert = \"/x.pem\"")]
    [InlineData("curl", "home/.curlrc", "--capath /x", "--cert /x")]
    [InlineData("wget", "home/.wgetrc", "ca_certificate = /x.pem", "certificate = /x.pem")]
    [InlineData("yarn", "home/.yarnrc", "cafile \"/x.pem\"", "cache-folder \"/x.pem\"")]
    [InlineData("yarn-berry", "home/.yarnrc.yml", "networkSettings:\n  \"*.test\":\n    httpsCaFilePath: /x.pem", "networkSettings:\n  \"*.test\":\n    httpsKeyFilePath: /x.pem")]
    [InlineData("bun", "work/bunfig.toml", "[install]\ncafile = \"/x.pem\"", "[test]\ncafile = \"/x.pem\"")]
    [InlineData("maven", "work/.mvn/jvm.config", "-Xmx1g -Djavax.net.ssl.trustStore=/x.jks", "-Xmx1g -Djavax.net.ssl.keyStore=/x.jks")]
    [InlineData("maven", "home/.mavenrc", "MAVEN_OPTS=\"$MAVEN_OPTS -Djavax.net.ssl.trustStore=/x.jks\"", "MAVEN_OPTS=\"-Xmx1g\"")]
    [InlineData("gradle", "home/.gradle/gradle.properties", "systemProp.javax.net.ssl.trustStore=/x.jks", "#systemProp.javax.net.ssl.trustStore=/x.jks")]
    [InlineData("gradle", "work/gradle.properties", "org.gradle.jvmargs=-Xmx2g -Djavax.net.ssl.trustStore=/x.jks", "org.gradle.jvmargs=-Xmx2g")]
    [InlineData("sbt", "work/.sbtopts", "-J-Djavax.net.ssl.trustStore=/x.jks", "-J-Xmx2g")]
    [InlineData("nix", "config/nix/nix.conf", "ssl-cert-file = /x.pem", "cores = 2")]
    [InlineData("poetry", "config/pypoetry/auth.toml", "[certificates.corp]\ncert = \"/x.pem\"", "[http-basic.corp]\ncert = \"/x.pem\"")]
    [InlineData("bundler", "home/.bundle/config", "---\nBUNDLE_SSL_CA_CERT: \"/x.pem\"", "---\nBUNDLE_PATH: \"/x\"")]
    [InlineData("gcloud", "home/.boto", "[Boto]\nca_certificates_file = /x.pem", "[GSUtil]\nca_certificates_file = /x.pem")]
    public async Task A_setting_overrules_what_is_injected(string profile, string file, string content, string harmless)
    {
        await Task.CompletedTask;
        using var place = new SettingsPlace();
        place.Write(file, content);
        var finding = Assert.Single(place.Find(profile));
        Assert.Equal((FindingEffect.Overrules, place.Folder[file]), (finding.Effect, finding.File));
        place.Write(file, harmless);
        Assert.Empty(place.Find(profile));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("npm", "npm_config_cafile", "home/.npmrc", "cafile=~/ca.pem", "home/ca.pem")]
    [InlineData("pip", "PIP_CERT", "config/pip/pip.conf", "[install]\ncert = ~/ca.pem", "home/ca.pem")]
    [InlineData("git", "GIT_SSL_CAINFO", "home/.gitconfig", "[http]\n\tsslCAInfo = ~/ca.pem", "home/ca.pem")]
    [InlineData("git", "GIT_SSL_CAINFO", "config/git/config", "[http \"https://a.test\"]\n\tsslCAInfo = ca.pem", "work/ca.pem")]
    [InlineData("cargo", "CARGO_HTTP_CAINFO", "home/.cargo/config.toml", "[http]\ncainfo = \"ca.pem\"", "home/ca.pem")]
    [InlineData("cargo", "CARGO_HTTP_CAINFO", "home/.cargo/config.toml", "http = { debug = false, cainfo = \"ca.pem\" }", "home/ca.pem")]
    [InlineData("yarn-berry", "YARN_HTTPS_CA_FILE_PATH", "home/.yarnrc.yml", "httpsCaFilePath: ./ca.pem", "home/ca.pem")]
    [InlineData("composer", "COMPOSER_CAFILE", "config/composer/config.json", "{ \"config\": { \"cafile\": \"~/ca.pem\" } }", "home/ca.pem")]
    [InlineData("aws", "AWS_CA_BUNDLE", "home/.aws/config", "[default]\nca_bundle = ~/ca.pem", "home/ca.pem")]
    [InlineData("gcloud", "CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE", "home/.config/gcloud/configurations/config_default", "[core]\ncustom_ca_certs_file = ~/ca.pem", "home/ca.pem")]
    [InlineData("openldap", "LDAPTLS_CACERT", "home/.ldaprc", "TLS_CACERT ~/ca.pem", "home/ca.pem")]
    [InlineData("mutt", "ssl_ca_certificates_file", "config/mutt/muttrc", "set ssl_ca_certificates_file=~/ca.pem", "home/ca.pem")]
    [InlineData("psql", "PGSSLROOTCERT", "home/.postgresql/root.crt", "", "home/.postgresql/root.crt")]
    public async Task Certificates_that_a_setting_names_are_found_for_every_command(string profile, string variable, string file, string content, string certificates)
    {
        await Task.CompletedTask;
        using var place = new SettingsPlace();
        place.Write(file, content);
        var finding = Assert.Single(place.Find(profile, isTarget: false, injects: variable));
        Assert.Equal((FindingEffect.Certificates, place.Folder[certificates]), (finding.Effect, finding.Certificates));
        Assert.Empty(place.Find(profile, isTarget: false, injects: "ANOTHER"));
        Assert.Empty(place.Find(profile, isTarget: false, injects: variable, variable: $"{variable}=/own.pem"));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("npm", "npm_config_cafile", "work/.npmrc", "cafile=ca.pem")]
    [InlineData("git", "GIT_SSL_CAINFO", "work/.git/config", "[http]\n\tsslCAInfo = ca.pem")]
    [InlineData("cargo", "CARGO_HTTP_CAINFO", "work/.cargo/config.toml", "[http]\ncainfo = \"ca.pem\"")]
    [InlineData("yarn-berry", "YARN_HTTPS_CA_FILE_PATH", "work/.yarnrc.yml", "httpsCaFilePath: ca.pem")]
    [InlineData("composer", "COMPOSER_CAFILE", "work/composer.json", "{ \"config\": { \"cafile\": \"ca.pem\" } }")]
    [InlineData("openldap", "LDAPTLS_CACERT", "work/ldaprc", "TLS_CACERT ca.pem")]
    public async Task Certificates_of_a_project_are_kept_for_its_tool_and_added_for_none(string profile, string variable, string file, string content)
    {
        await Task.CompletedTask;
        using var place = new SettingsPlace();
        place.Write(file, content);
        var finding = Assert.Single(place.Find(profile, isTarget: false, injects: variable));
        Assert.Equal((FindingEffect.Kept, place.Folder["work/ca.pem"]), (finding.Effect, finding.Certificates));
        Assert.Contains(variable, finding.Rule.DisplacedBy);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_worktree_has_the_settings_of_its_repository_and_a_submodule_its_own()
    {
        await Task.CompletedTask;
        using var place = new SettingsPlace();
        place.Write("main/.git/config", "[http]\n\tsslVerify = false\n");
        place.Write("work/.git", $"gitdir: {place.Folder["main/.git/worktrees/w"]}\n");
        Assert.Equal(place.Folder["main/.git/config"], Assert.Single(place.Find("git")).File);
        place.Write("main/.git/modules/m/config", "[http]\n\tsslVerify = true\n");
        place.Write("work/.git", $"gitdir: {place.Folder["main/.git/modules/m"]}\n");
        Assert.Empty(place.Find("git"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Settings_in_numbered_variables_are_read()
    {
        await Task.CompletedTask;
        using var place = new SettingsPlace();
        place.Environment["GIT_CONFIG_COUNT"] = "2";
        (place.Environment["GIT_CONFIG_KEY_0"], place.Environment["GIT_CONFIG_VALUE_0"]) = ("core.pager", "cat");
        (place.Environment["GIT_CONFIG_KEY_1"], place.Environment["GIT_CONFIG_VALUE_1"]) = ("http.https://a.test/.sslVerify", "false");
        var finding = Assert.Single(place.Find("git"));
        Assert.Equal((FindingEffect.Insecure, "GIT_CONFIG_VALUE_1"), (finding.Effect, finding.Variable));
        place.Environment["GIT_CONFIG_VALUE_1"] = "true";
        Assert.Empty(place.Find("git"));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("curl", "-fsSLk https://a.test", "-fsSL https://a.test")]
    [InlineData("curl", "--insecure https://a.test", "--proxy-insecure https://a.test")]
    [InlineData("wget", "--no-check-certificate https://a.test", "--no-clobber https://a.test")]
    [InlineData("aws", "s3 ls --no-verify-ssl", "s3 ls")]
    [InlineData("deno", "run --unsafely-ignore-certificate-errors=a.test x.ts", "run x.ts --allow-net")]
    [InlineData("mercurial", "pull --insecure", "pull")]
    [InlineData("git", "-c http.sslVerify=false clone x", "-c http.sslVerify=true clone x")]
    [InlineData("npm", "install --strict-ssl=false", "install --strict-ssl=true")]
    [InlineData("npm", "install --no-strict-ssl", "run x -- --no-strict-ssl")]
    [InlineData("pip", "install --trusted-host a.test x", "install x")]
    [InlineData("uv", "sync --allow-insecure-host a.test", "sync")]
    [InlineData("maven", "verify -Dmaven.wagon.http.ssl.insecure=true", "verify -Dmaven.wagon.http.ssl.insecure=false")]
    [InlineData("rclone", "ls x: --no-check-certificate", "ls x: --no-check-dest")]
    [InlineData("aria2", "--check-certificate=false https://a.test", "--check-certificate=true https://a.test")]
    public async Task An_argument_switches_verification_off(string profile, string arguments, string harmless)
    {
        await Task.CompletedTask;
        using var place = new SettingsPlace();
        var finding = Assert.Single(place.Find(profile, arguments: arguments));
        Assert.Equal((FindingEffect.Insecure, "the command line"), (finding.Effect, finding.Place));
        Assert.Empty(place.Find(profile, arguments: harmless));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("pip", "install --cert ca.pem x", "REQUESTS_CA_BUNDLE")]
    [InlineData("git", "-c http.sslCAInfo=ca.pem clone x", "GIT_SSL_CAINFO")]
    [InlineData("git", "-c http.https://a.test/.sslCAInfo=ca.pem clone x", "GIT_SSL_CAINFO")]
    public async Task Certificates_on_the_command_line_that_would_be_displaced_are_found(string profile, string arguments, string variable)
    {
        await Task.CompletedTask;
        using var place = new SettingsPlace();
        Assert.Equal(place.Folder["work/ca.pem"], Assert.Single(place.Find(profile, arguments: arguments, injects: variable)).Certificates);
        Assert.Empty(place.Find(profile, arguments: arguments, isTarget: false, injects: variable));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_displaces_certificates_is_something_that_the_registry_injects()
    {
        await Task.CompletedTask;
        foreach (var profile in ProfileRegistry.Builtin.Profiles)
        {
            foreach (var name in profile.Conflicts.SelectMany(conflict => conflict.DisplacedBy))
            {
                Assert.Contains(
                    ProfileRegistry.Builtin.Profiles.SelectMany(other => other.Inject),
                    rule => rule.Name == name || rule.Arguments.Any(argument => argument.Contains(name, StringComparison.Ordinal)));
            }
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_setting_of_a_project_that_names_certificates_says_what_is_to_be_left_out()
    {
        await Task.CompletedTask;
        foreach (var profile in ProfileRegistry.Builtin.Profiles)
        {
            Assert.All(
                profile.Conflicts.Where(conflict => conflict.Effect is ConflictEffect.Certificates && conflict.Files.Any(SettingsPaths.IsProjects)),
                conflict =>
                {
                    Assert.NotEmpty(conflict.DisplacedBy);
                    // To leave one of these out would take the store from other tools.
                    Assert.Empty(conflict.DisplacedBy.Intersect(["SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "JAVA_TOOL_OPTIONS"]));
                });
        }
    }
}
