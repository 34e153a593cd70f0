require 'openssl'
require 'digest'
OpenSSL::X509::Store.new.add_file(ARGV[0])
OpenSSL::X509::Certificate.load_file(ARGV[0]).each { |certificate| puts Digest::SHA256.hexdigest(certificate.to_der) }
