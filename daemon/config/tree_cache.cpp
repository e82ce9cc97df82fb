#include "config/tree_cache.hpp"

#include "core/digest.hpp"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <system_error>
#include <type_traits>
#include <unistd.h>
#include <utility>

namespace crier::config {
namespace {

/// To be raised when a parsed file comes to mean something else.
constexpr std::int64_t format = 1;

/// What stands before the rest: the nodes and the decoded texts.
struct Head {
    Digest key;     ///< of the file's text and of what parsed it
    Digest content; ///< of the rest
    std::uint64_t nodes = 0;
    std::uint64_t decoded = 0;
};
static_assert(std::is_trivially_copyable_v<Head> && std::is_trivially_copyable_v<Node>);

Digest key_of(std::string_view text) {
    return Digester{}
        .field("crier tree")
        .field(format)
        .field(CRIER_VERSION)
        .field(std::int64_t{sizeof(Node)})
        .field(text)
        .finish();
}

std::string_view bytes_of(const std::vector<Node>& nodes) {
    return {reinterpret_cast<const char*>(nodes.data()), nodes.size() * sizeof(Node)};
}

Digest content_of(const std::vector<Node>& nodes, const std::string& decoded) {
    return Digester{}.field(bytes_of(nodes)).field(decoded).finish();
}

/// False when there are not so many bytes.
bool read_bytes(std::istream& from, void* to, std::size_t size) {
    from.read(static_cast<char*>(to), static_cast<std::streamsize>(size));
    return static_cast<std::size_t>(from.gcount()) == size;
}

bool write_bytes(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(to, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

std::string TreeCache::name_of(const std::string& file) const {
    const std::string name = std::filesystem::absolute(file).lexically_normal().string();
    return folder_ + "/" + digest_of(name).hex().substr(0, 16) + ".tree";
}

std::unique_ptr<Document> TreeCache::find(const std::string& file, std::string& text) const {
    if (folder_.empty() || text.size() < worth_keeping)
        return nullptr;
    drop_byte_order_mark(text);
    std::ifstream stream{name_of(file), std::ios::binary};
    Head head;
    if (!stream || !read_bytes(stream, &head, sizeof head) || head.key != key_of(text))
        return nullptr;
    std::error_code error;
    const std::uintmax_t whole = std::filesystem::file_size(name_of(file), error);
    const std::uint64_t most = error ? 0 : whole;
    if (head.nodes > most || head.decoded > most ||
        sizeof head + head.nodes * sizeof(Node) + head.decoded != most)
        return nullptr;
    std::vector<Node> nodes(head.nodes);
    std::string decoded(head.decoded, '\0');
    if (!read_bytes(stream, nodes.data(), nodes.size() * sizeof(Node)) ||
        !read_bytes(stream, decoded.data(), decoded.size()) || head.content != content_of(nodes, decoded))
        return nullptr;
    std::unique_ptr<Document> document{new Document(file, std::move(text))};
    document->nodes_ = std::move(nodes);
    document->decoded_ = std::move(decoded);
    return document;
}

Result<> TreeCache::keep(const Document& document) const {
    if (folder_.empty() || document.source_.size() < worth_keeping)
        return {};
    Head head;
    head.key = key_of(document.source_);
    head.content = content_of(document.nodes_, document.decoded_);
    head.nodes = document.nodes_.size();
    head.decoded = document.decoded_.size();
    const std::string name = name_of(document.file_);
    const std::string fresh = name + "." + std::to_string(::getpid());
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool good = file >= 0 && write_bytes(file, {reinterpret_cast<const char*>(&head), sizeof head}) &&
                write_bytes(file, bytes_of(document.nodes_)) && write_bytes(file, document.decoded_);
    int wrong = good ? 0 : errno;
    if (file >= 0)
        ::close(file);
    if (good && ::rename(fresh.c_str(), name.c_str()) != 0) {
        wrong = errno;
        good = false;
    }
    if (good)
        return {};
    if (file >= 0)
        ::unlink(fresh.c_str());
    return Failure{Cause::permission,
                   name + " cannot be written: " + std::error_code{wrong, std::generic_category()}.message(),
                   "without it the next start parses the configuration anew; $CACHE_DIRECTORY names a folder "
                   "of crier's own, under systemd CacheDirectory=crier"};
}

} // namespace crier::config
