#include "bench/peers/feed2toot.hpp"

#include <filesystem>

namespace crier::bench {

FeedToTootSetup::FeedToTootSetup(const test::TempDir& directory, const std::string& server,
                                 const std::string& feed, std::size_t limit, const std::string& access_token)
    : lock_(directory.file("lock"))
    , command_{"/usr/bin/feed2toot", "-c", directory.file("feed2toot.ini"), "-l", std::to_string(limit)}
    , environment_{{"HOME", directory.path()}} {
    const std::string ini =
        "[mastodon]\ninstance_url=" + server + "\nuser_credentials=" + directory.file("user") +
        "\nclient_credentials=" + directory.file("client") +
        "\n[cache]\ncachefile=" + directory.file("cache.db") + "\n[lock]\nlock_file=" + lock_ +
        "\n[rss]\nuri=" + feed + "\ntoot={title} {link}\n";
    test::write_file(directory.file("feed2toot.ini"), ini);
    test::write_file(directory.file("user"), access_token + "\n");
    test::write_file(directory.file("client"), "id\nsecret\n");
}

void FeedToTootSetup::unlock() const {
    std::filesystem::remove(lock_);
}

} // namespace crier::bench
