namespace TestSupport.Registries;

/// <summary>A RubyGems server below <c>/gems-host</c>: the compact index, the older Marshal index, and one gem.</summary>
public static class GemServer
{
    /// <summary>The path that only a whole download asks for.</summary>
    public const string GemPath = $"/gems-host/gems/{ProbePackage.Name}-{ProbePackage.Version}.gem";

    // The indexes are Ruby's own serialisation, so Ruby writes them; `gem generate_index` is gone from newer versions.
    private const string Script = """
        require 'rubygems/package'
        require 'digest'
        require 'fileutils'
        require 'zlib'
        name, version = ARGV
        File.write('probe.rb', "VALUE = 'probe'\n")
        spec = Gem::Specification.new do |s|
          s.name, s.version, s.summary, s.authors, s.files, s.require_paths = name, version, 'probe', ['test'], ['probe.rb'], ['.']
        end
        Gem::DefaultUserInteraction.use_ui(Gem::SilentUI.new) { Gem::Package.build(spec, true) }
        full = "#{name}-#{version}"
        FileUtils.mkdir_p(%w[out/gems out/info out/quick/Marshal.4.8])
        FileUtils.mv("#{full}.gem", 'out/gems')
        info = "---\n#{version} |checksum:#{Digest::SHA256.file("out/gems/#{full}.gem").hexdigest}\n"
        File.binwrite("out/info/#{name}", info)
        File.binwrite('out/versions', "created_at: 2020-01-01T00:00:00Z\n---\n#{name} #{version} #{Digest::MD5.hexdigest(info)}\n")
        File.binwrite('out/names', "---\n#{name}\n")
        tuples = Marshal.dump([[name, Gem::Version.new(version), 'ruby']])
        %w[specs latest_specs].each { |n| File.binwrite("out/#{n}.4.8.gz", Gem::Util.gzip(tuples)) }
        File.binwrite('out/prerelease_specs.4.8.gz', Gem::Util.gzip(Marshal.dump([])))
        File.binwrite("out/quick/Marshal.4.8/#{full}.gemspec.rz", Zlib.deflate(Marshal.dump(spec)))
        """;

    /// <summary>Makes the gem with the machine's Ruby and serves it.</summary>
    /// <returns>The server's address.</returns>
    public static async Task<string> ServeAsync(LoopbackServer server)
    {
        using var sandbox = new Sandbox();
        sandbox.Folder.Write("work/make.rb", Script);
        (await sandbox.RunAsync(["ruby", "make.rb", ProbePackage.Name, ProbePackage.Version])).MustSucceed();
        server.ServeFolder("/gems-host", sandbox.Folder["work/out"]);
        return server.Url + "/gems-host/";
    }
}
