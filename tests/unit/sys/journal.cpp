#include "sys/journal.hpp"

#include "support/temporary.hpp"
#include "sys/unix_datagram.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <string>
#include <unistd.h>

using namespace crier;

namespace {

/// Where the journal would listen.
class JournalSocket {
public:
    JournalSocket() {
        const auto address = sys::unix_address(path);
        BOOST_REQUIRE(address);
        BOOST_REQUIRE(::bind(channel_.number(), address->get(), address->size) == 0);
    }

    /// The next datagram, or what is in the memory file that came instead of it.
    [[nodiscard]] std::string next() const {
        std::array<char, 4096> buffer{};
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
        iovec part{buffer.data(), buffer.size()};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        const auto size = ::recvmsg(channel_.number(), &message, MSG_CMSG_CLOEXEC);
        if (size < 0)
            return "nothing came";
        const cmsghdr* const header = CMSG_FIRSTHDR(&message);
        if (header == nullptr)
            return {buffer.data(), static_cast<std::size_t>(size)};
        int number = -1;
        std::memcpy(&number, CMSG_DATA(header), sizeof number);
        const sys::Descriptor file{number};
        constexpr int sealed = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
        BOOST_TEST(::fcntl(number, F_GET_SEALS) == sealed); // journald takes no other
        std::string text(static_cast<std::size_t>(::lseek(number, 0, SEEK_END)), '\0');
        BOOST_TEST(::pread(number, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()));
        return text;
    }

    test::TemporaryDirectory directory;
    std::string path = directory / "journal";

private:
    sys::Descriptor channel_{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
};

} // namespace

BOOST_AUTO_TEST_SUITE(sys_journal)

BOOST_AUTO_TEST_CASE(fields_go_a_line_each_and_line_breaks_behind_a_length) {
    BOOST_TEST(sys::journal_datagram({"MESSAGE=hello", "PRIORITY=6"}) == "MESSAGE=hello\nPRIORITY=6\n");
    BOOST_TEST(sys::journal_datagram({"A=b=c", "D="}) == "A=b=c\nD=\n");
    BOOST_TEST(sys::journal_datagram({"MESSAGE=a\nb", "X=y"}) ==
               "MESSAGE\n" + std::string("\3\0\0\0\0\0\0\0", 8) + "a\nb\nX=y\n");
    BOOST_TEST(sys::journal_datagram({"M=" + std::string(299, 'x') + '\n'}).substr(0, 10) ==
               "M\n" + std::string("\x2c\1\0\0\0\0\0\0", 8));
}

BOOST_AUTO_TEST_CASE(lines_arrive_one_by_one) {
    const JournalSocket journal;
    sys::Journal log{journal.path};
    BOOST_TEST(log.send({"MESSAGE=one"}));
    BOOST_TEST(log.send({"MESSAGE=two"}));
    BOOST_TEST(journal.next() == "MESSAGE=one\n");
    BOOST_TEST(journal.next() == "MESSAGE=two\n");
}

BOOST_AUTO_TEST_CASE(what_is_too_large_for_a_datagram_arrives_whole) {
    const JournalSocket journal;
    sys::Journal log{journal.path};
    const std::string large = "MESSAGE=" + std::string(8U << 20U, 'x');
    BOOST_TEST(log.send({large}));
    BOOST_TEST((journal.next() == large + '\n'));
}

BOOST_AUTO_TEST_CASE(without_a_journal_nothing_is_said_to_have_arrived) {
    const test::TemporaryDirectory directory;
    BOOST_TEST(!sys::Journal{directory / "nobody"}.send({"MESSAGE=one"}));
    BOOST_TEST(!sys::Journal{""}.send({"MESSAGE=one"}));
    BOOST_TEST(!sys::Journal{std::string(200, 'x')}.send({"MESSAGE=one"}));
}

BOOST_AUTO_TEST_CASE(a_journal_that_starts_anew_is_found_again) {
    auto journal = std::make_unique<JournalSocket>();
    sys::Journal log{journal->path};
    BOOST_TEST(log.send({"MESSAGE=one"}));
    BOOST_REQUIRE(::unlink(journal->path.c_str()) == 0);
    BOOST_TEST(!log.send({"MESSAGE=lost"}));
    const sys::Descriptor again{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    const auto address = sys::unix_address(journal->path);
    BOOST_REQUIRE(::bind(again.number(), address->get(), address->size) == 0);
    BOOST_TEST(log.send({"MESSAGE=two"}));
}

BOOST_AUTO_TEST_SUITE_END()
