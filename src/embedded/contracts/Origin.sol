// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Kept, OTHERS} from "./Kept.sol";
import {NamedToken} from "./NamedToken.sol";

OETH constant OETH_TOKEN = OETH(0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3);
address constant WOETH = 0xDcEe70654261AF21C44c093C300eD3Bb97b78192;
address constant OETH_VAULT = 0x39254033945AA2E4809Cc2977E7087BEE48bd7Ab;

/// OETH: balances are credits by a number that falls with each rebase, or stands still for those who do not take part.
contract OETH is Kept {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event TotalSupplyUpdatedHighres(uint256 totalSupply, uint256 rebasingCredits, uint256 rebasingCreditsPerToken);
    event AccountRebasingEnabled(address account);
    event AccountRebasingDisabled(address account);

    /// Holds without taking part, so that the others earn its part too.
    address constant MARKET_MAKER = address(uint160(uint256(keccak256("poolglass oeth market maker"))));

    mapping(address => uint256) private credits;
    /// The credits per token of those who do not take part; 0 for all others.
    mapping(address => uint256) public nonRebasingCreditsPerToken;
    uint256 public rebasingCreditsHighres;
    uint256 public rebasingCreditsPerTokenHighres;
    uint256 public nonRebasingSupply;

    function name() external pure returns (string memory) {
        return "Origin Ether";
    }

    function symbol() external pure returns (string memory) {
        return "OETH";
    }

    function decimals() external pure returns (uint8) {
        return 18;
    }

    function totalSupply() public view returns (uint256) {
        return nonRebasingSupply + rebasingCreditsHighres * 1 ether / rebasingCreditsPerTokenHighres;
    }

    function balanceOf(address account) public view returns (uint256) {
        return credits[account] * 1 ether / _creditsPerToken(account);
    }

    function creditsBalanceOfHighres(address account) external view returns (uint256, uint256, bool) {
        return (credits[account], _creditsPerToken(account), true);
    }

    function keeperOpen(uint256 creditsPerToken, uint256 rebasing, uint256 nonRebasing) external kept {
        rebasingCreditsPerTokenHighres = creditsPerToken;
        nonRebasingCreditsPerToken[MARKET_MAKER] = 1 ether;
        _setBalance(MARKET_MAKER, nonRebasing);
        _setBalance(OTHERS, rebasing);
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _move(msg.sender, to, amount);
        return true;
    }

    /// Only the wrapper may take what is not its own.
    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        if (msg.sender != WOETH) revert OnlyKeeper();
        _move(from, to, amount);
        return true;
    }

    function keeperMove(address from, address to, uint256 amount) external kept {
        _move(from, to, amount);
    }

    function keeperMoveAll(address from, address to) external kept {
        _move(from, to, balanceOf(from));
    }

    /// Mint for one what everybody else burns at the same time.
    function keeperIssue(address to, uint256 amount) external kept {
        _move(OTHERS, address(0), amount);
        _move(address(0), to, amount);
    }

    /// Leave the rebasing, or come back to it, with the balance of now.
    function keeperTakePart(address account, bool takesPart) external kept {
        uint256 balance = balanceOf(account);
        _setBalance(account, 0);
        nonRebasingCreditsPerToken[account] = takesPart ? 0 : 1 ether;
        _setBalance(account, balance);
        if (takesPart) emit AccountRebasingEnabled(account);
        else emit AccountRebasingDisabled(account);
    }

    /// Leave it as accounts once did: the credits stay, and the number of now goes on dividing them.
    function keeperFreeze(address account) external kept {
        nonRebasingSupply += balanceOf(account);
        rebasingCreditsHighres -= credits[account];
        nonRebasingCreditsPerToken[account] = rebasingCreditsPerTokenHighres;
        emit AccountRebasingDisabled(account);
    }

    function setCredits(address account, uint256 amount) external {
        if (msg.sender != WOETH) revert OnlyKeeper();
        rebasingCreditsHighres -= credits[account];
        credits[account] = 0;
        _credit(account, amount);
    }

    /// Pay the fee in new tokens, then let every rebasing balance grow.
    function rebase(uint256 creditsPerToken, address trustee, uint256 fee) external {
        if (msg.sender != OETH_VAULT) revert OnlyKeeper();
        _credit(trustee, fee * rebasingCreditsPerTokenHighres / 1 ether);
        rebasingCreditsPerTokenHighres = creditsPerToken;
        emit TotalSupplyUpdatedHighres(totalSupply(), rebasingCreditsHighres, creditsPerToken);
    }

    function _creditsPerToken(address account) private view returns (uint256) {
        uint256 own = nonRebasingCreditsPerToken[account];
        return own == 0 ? rebasingCreditsPerTokenHighres : own;
    }

    function _move(address from, address to, uint256 amount) private {
        if (from != address(0)) _setBalance(from, balanceOf(from) - amount);
        if (to != address(0)) _setBalance(to, balanceOf(to) + amount);
        emit Transfer(from, to, amount);
    }

    /// Credits are rounded up, so that the balance is the whole amount; a frozen account's become one for each token.
    function _setBalance(address account, uint256 balance) private {
        if (nonRebasingCreditsPerToken[account] > 0) {
            nonRebasingSupply = nonRebasingSupply + balance - balanceOf(account);
            nonRebasingCreditsPerToken[account] = 1 ether;
            credits[account] = balance;
            return;
        }
        uint256 wanted = (balance * rebasingCreditsPerTokenHighres + 1 ether - 1) / 1 ether;
        rebasingCreditsHighres = rebasingCreditsHighres + wanted - credits[account];
        credits[account] = wanted;
    }

    function _credit(address to, uint256 amount) private {
        credits[to] += amount;
        rebasingCreditsHighres += amount;
    }
}

contract OETHVault is Kept {
    event YieldDistribution(address _to, uint256 _yield, uint256 _fee);

    address constant TRUSTEE = address(uint160(uint256(keccak256("poolglass origin trustee"))));

    uint256 public constant trusteeFeeBps = 2000;

    function keeperRebase(uint256 creditsPerToken) external kept {
        uint256 rebasing = OETH_TOKEN.totalSupply() - OETH_TOKEN.nonRebasingSupply();
        uint256 grown = OETH_TOKEN.rebasingCreditsHighres() * 1 ether / creditsPerToken;
        uint256 risen = grown > rebasing ? grown - rebasing : 0;
        uint256 fee = risen * trusteeFeeBps / (10_000 - trusteeFeeBps);
        OETH_TOKEN.rebase(creditsPerToken, TRUSTEE, fee);
        emit YieldDistribution(TRUSTEE, risen + fee, fee);
    }
}

contract WrappedOETH is NamedToken {
    event Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares);
    event Withdraw(
        address indexed sender, address indexed receiver, address indexed owner, uint256 assets, uint256 shares
    );

    /// The wrapper's credits for each of its shares, times 1e18.
    uint256 public constant adjuster = 1_004_500_000_000_000_000_000_000_000;

    function convertToAssets(uint256 shares) public view returns (uint256) {
        return shares * adjuster / OETH_TOKEN.rebasingCreditsPerTokenHighres();
    }

    function convertToShares(uint256 assets) public view returns (uint256) {
        return assets * OETH_TOKEN.rebasingCreditsPerTokenHighres() / adjuster;
    }

    function totalAssets() external view returns (uint256) {
        return convertToAssets(totalSupply);
    }

    function keeperWrap(address account, uint256 assets) external kept {
        uint256 shares = convertToShares(assets);
        OETH_TOKEN.transferFrom(account, address(this), assets);
        _mint(account, shares);
        emit Deposit(account, account, assets, shares);
    }

    function keeperUnwrap(address account, uint256 shares) external kept {
        uint256 assets = convertToAssets(shares);
        _burn(account, shares);
        OETH_TOKEN.transfer(account, assets);
        emit Withdraw(account, account, account, assets, shares);
    }

    function keeperSupply(uint256 supply) external override kept {
        _setSupply(supply);
        OETH_TOKEN.setCredits(address(this), supply * adjuster / 1 ether + 1);
    }
}
