#include "sys/folder_watcher.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <array>
#include <cstdint>
#include <cstring>
#include <dirent.h>
#include <map>
#include <set>
#include <string>
#include <sys/inotify.h>
#include <utility>
#include <vector>

namespace crier::sys {

namespace asio = boost::asio;

namespace {

/// A machine has some 65,000 of them for all its users.
constexpr std::size_t most_folders = 1000;

constexpr std::uint32_t events =
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_ONLYDIR | IN_EXCL_UNLINK;

using Changed = std::function<void()>;

void add_folders(const std::string& path, std::vector<std::string>& folders) {
    folders.push_back(path);
    DIR* open = ::opendir(path.c_str());
    if (open == nullptr)
        return;
    while (const dirent* entry = ::readdir(open)) { // NOLINT(concurrency-mt-unsafe): its own DIR
        const std::string name{static_cast<const char*>(entry->d_name)};
        if (entry->d_type == DT_DIR && name.front() != '.' && folders.size() < most_folders)
            add_folders(std::string{path}.append("/").append(name), folders);
    }
    ::closedir(open);
}

/// The descriptor, and who wants to hear of which of its watches. Shared with the read that is under way.
class Ears : public std::enable_shared_from_this<Ears> {
public:
    explicit Ears(const asio::any_io_executor& engine)
        : stream_(engine) {}

    /// The watches; empty where none could be had.
    std::vector<int> add(const std::string& folder, bool deep, const std::shared_ptr<Changed>& changed) {
        std::vector<int> watches;
        if (!open())
            return watches;
        std::vector<std::string> folders;
        if (deep)
            add_folders(folder, folders);
        else
            folders.push_back(folder);
        for (const std::string& path : folders) {
            const int watch = ::inotify_add_watch(stream_.native_handle(), path.c_str(), events);
            if (watch < 0)
                continue;
            listeners_[watch].insert(changed);
            watches.push_back(watch);
        }
        return watches;
    }

    void remove(const std::vector<int>& watches, const std::shared_ptr<Changed>& changed) {
        for (const int watch : watches) {
            const auto found = listeners_.find(watch);
            if (found == listeners_.end())
                continue;
            found->second.erase(changed);
            if (!found->second.empty())
                continue;
            listeners_.erase(found);
            (void)::inotify_rm_watch(stream_.native_handle(), watch);
        }
        if (listeners_.empty())
            close(); // a read without an end would keep the io_context running
    }

    void close() {
        boost::system::error_code ignored;
        stream_.close(ignored);
    }

private:
    bool open() {
        if (stream_.is_open())
            return true;
        const int descriptor = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        boost::system::error_code error;
        if (descriptor < 0)
            return false;
        stream_.assign(descriptor, error);
        if (error)
            return false;
        listen();
        return true;
    }

    void listen() {
        stream_.async_read_some(asio::buffer(bytes_), [self = shared_from_this()](auto error, auto count) {
            if (error)
                return;
            self->heard(count);
            self->listen();
        });
    }

    /// Each listener once, however much has happened.
    void heard(std::size_t count) {
        std::set<std::shared_ptr<Changed>> called;
        for (std::size_t at = 0; at + sizeof(inotify_event) <= count;) {
            inotify_event event{};
            std::memcpy(&event, bytes_.data() + at, sizeof event);
            at += sizeof event + event.len;
            if ((event.mask & IN_Q_OVERFLOW) != 0U)
                for (const auto& [watch, listeners] : listeners_)
                    called.insert(listeners.begin(), listeners.end());
            else if (const auto found = listeners_.find(event.wd); found != listeners_.end())
                called.insert(found->second.begin(), found->second.end());
        }
        for (const auto& changed : called)
            (*changed)();
    }

    asio::posix::stream_descriptor stream_;
    std::map<int, std::set<std::shared_ptr<Changed>>> listeners_;
    std::array<char, 16384> bytes_{};
};

class Watch final : public FolderWatch {
public:
    Watch(std::shared_ptr<Ears> ears, std::vector<int> watches, std::shared_ptr<Changed> changed)
        : ears_(std::move(ears))
        , watches_(std::move(watches))
        , changed_(std::move(changed)) {}
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch() override { ears_->remove(watches_, changed_); }

private:
    std::shared_ptr<Ears> ears_;
    std::vector<int> watches_;
    std::shared_ptr<Changed> changed_;
};

class Inotify final : public FolderWatcher {
public:
    explicit Inotify(const asio::any_io_executor& engine)
        : ears_(std::make_shared<Ears>(engine)) {}
    Inotify(const Inotify&) = delete;
    Inotify& operator=(const Inotify&) = delete;
    ~Inotify() override { ears_->close(); }

    std::unique_ptr<FolderWatch> watch(const std::string& folder, bool deep,
                                       std::function<void()> changed) override {
        auto shared = std::make_shared<Changed>(std::move(changed));
        std::vector<int> watches = ears_->add(folder, deep, shared);
        return std::make_unique<Watch>(ears_, std::move(watches), std::move(shared));
    }

private:
    std::shared_ptr<Ears> ears_;
};

} // namespace

std::unique_ptr<FolderWatcher> make_folder_watcher(asio::any_io_executor engine) {
    return std::make_unique<Inotify>(engine);
}

} // namespace crier::sys
