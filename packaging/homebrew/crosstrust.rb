# A formula for Homebrew. The release workflow fills in what stands between @ and @.
class Crosstrust < Formula
  desc "Certificates and trust restrictions for Elasticsearch remote clusters"
  homepage "@REPOSITORY@"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_linux do
    on_intel do
      url "@REPOSITORY@/releases/download/v@VERSION@/crosstrust-@VERSION@-x86_64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256_X86_64_UNKNOWN_LINUX_MUSL@"
    end
    on_arm do
      url "@REPOSITORY@/releases/download/v@VERSION@/crosstrust-@VERSION@-aarch64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256_AARCH64_UNKNOWN_LINUX_MUSL@"
    end
  end

  on_macos do
    on_intel do
      url "@REPOSITORY@/releases/download/v@VERSION@/crosstrust-@VERSION@-x86_64-apple-darwin.tar.gz"
      sha256 "@SHA256_X86_64_APPLE_DARWIN@"
    end
    on_arm do
      url "@REPOSITORY@/releases/download/v@VERSION@/crosstrust-@VERSION@-aarch64-apple-darwin.tar.gz"
      sha256 "@SHA256_AARCH64_APPLE_DARWIN@"
    end
  end

  def install
    bin.install "crosstrust"
    man1.install Dir["man/*.1"]
    generate_completions_from_executable(bin/"crosstrust", "completions")
  end

  test do
    system bin/"crosstrust", "demo"
    assert_path_exists testpath/"crosstrust-demo/on-premises/ca.pem"
  end
end
