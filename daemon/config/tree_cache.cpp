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

void write_bytes(std::ostream& to, std::string_view bytes) {
    to.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// A new file that nobody else reads. False, and errno: there is none.
bool create(const std::string& name) {
    ::unlink(name.c_str());
    const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return file >= 0 && ::close(file) == 0;
}

} // namespace

std::string TreeCache::name_of(const std::string& file) const {
    const std::string name = std::filesystem::absolute(file).lexically_normal().string();
    return folder_ + "/" + digest_of(name).hex().substr(0, 16) + ".tree";
}

std::unique_ptr<Document> TreeCache::find(const std::string& file, std::string& text) const {
    if (!keeps(text))
        return nullptr;
    drop_byte_order_mark(text);
    const std::string name = name_of(file);
    std::ifstream stream{name, std::ios::binary};
    Head head;
    if (!stream || !read_bytes(stream, &head, sizeof head) || head.key != key_of(text))
        return nullptr;
    std::error_code error;
    const std::uintmax_t whole = std::filesystem::file_size(name, error);
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
    if (!keeps(document.source_))
        return {};
    Head head;
    head.key = key_of(document.source_);
    head.content = content_of(document.nodes_, document.decoded_);
    head.nodes = document.nodes_.size();
    head.decoded = document.decoded_.size();
    const std::string name = name_of(document.file_);
    const std::string fresh = name + "." + std::to_string(::getpid());
    bool good = create(fresh);
    if (good) {
        std::ofstream out{fresh, std::ios::binary};
        write_bytes(out, {reinterpret_cast<const char*>(&head), sizeof head});
        write_bytes(out, bytes_of(document.nodes_));
        write_bytes(out, document.decoded_);
        out.close();
        good = out && ::rename(fresh.c_str(), name.c_str()) == 0;
    }
    if (good)
        return {};
    const int wrong = errno;
    ::unlink(fresh.c_str());
    return Failure{Cause::permission,
                   name + " cannot be written: " + std::error_code{wrong, std::generic_category()}.message(),
                   "without it the next start parses the configuration anew; $CACHE_DIRECTORY names a folder "
                   "of crier's own, under systemd CacheDirectory=crier"};
}

} // namespace crier::config
