#include "sys/journal.hpp"

#include "sys/unix_datagram.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/time.h>
#include <utility>

namespace crier::sys {
namespace {

/// A burst may fill the journal's queue for a moment; a journal that hangs must not hang the posts.
constexpr timeval patience{0, 200'000};

Descriptor open_channel() {
    Descriptor channel{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    if (channel)
        (void)::setsockopt(channel.number(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    return channel;
}

/// What is too large for a datagram goes as a sealed memory file.
bool send_as_file(int channel, const UnixAddress& to, std::string_view bytes) {
    const Descriptor file{::memfd_create("crier-log", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
    if (!file || !write_all(file.number(), bytes) ||
        ::fcntl(file.number(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
        return false;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    sockaddr_un address = to.address;
    msghdr message{};
    message.msg_name = &address;
    message.msg_namelen = to.size;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    const int number = file.number();
    std::memcpy(CMSG_DATA(header), &number, sizeof number);
    return ::sendmsg(channel, &message, MSG_NOSIGNAL) >= 0;
}

} // namespace

std::string journal_datagram(const std::vector<std::string>& fields) {
    std::string out;
    for (const std::string& field : fields) {
        const std::size_t equals = field.find('=');
        const std::string_view value = std::string_view{field}.substr(equals + 1);
        if (value.find('\n') == std::string_view::npos) {
            out += field;
        } else {
            out.append(field, 0, equals);
            out += '\n';
            for (unsigned shift = 0; shift < 64; shift += 8)
                out += static_cast<char>(std::uint64_t{value.size()} >> shift);
            out += value;
        }
        out += '\n';
    }
    return out;
}

Journal::Journal(std::string socket)
    : path_(std::move(socket)) {}

bool Journal::send(const std::vector<std::string>& fields) {
    const auto to = unix_address(path_);
    if (!channel_)
        channel_ = open_channel();
    if (!to || !channel_)
        return false;
    const std::string bytes = journal_datagram(fields);
    if (::sendto(channel_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL, to->get(), to->size) >= 0)
        return true;
    return (errno == EMSGSIZE || errno == ENOBUFS) && send_as_file(channel_.number(), *to, bytes);
}

} // namespace crier::sys
